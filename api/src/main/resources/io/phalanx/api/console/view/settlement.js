import { card, facts, h, problem, table } from '../dom.js';
import { get } from '../client.js';
import { count, pha, time } from '../words.js';
import { isGrown, isSignedByOneOf } from '../proof.js';
import { badge, checked, minerLink } from './parts.js';

/** One closed period with a line for each miner, and the check of it in this browser. */
export async function show(place, { args: [number], signal }) {
  const s = await get(`/v1/settlements/${number}`, signal);
  const lines = s.lines || [];
  const verdict = h('div', { 'aria-live': 'polite' });
  const button = h('button', { type: 'button', onclick: check }, 'Check it here');
  place.append(h('h1', {}, `Settlement ${s.number} `, badge(s.state)),
    card('Period', facts([['From', time(s.from)], ['Until', time(s.to)], ['Total', pha(s.total)], ['Receipts in the log', count(s.treeSize)], ['Log root', s.root && h('code', {}, s.root)],
      ['Previous root', s.previousRoot && h('code', {}, s.previousRoot)], ['Signed by', s.keyId && h('code', {}, s.keyId)]])),
    card('Can it be trusted?', h('p', {}, 'Your browser adds up the lines, checks the scheduler’s signature, and that the log has only grown since. Nothing is sent.'), button, verdict),
    card(null, table(`${count(lines.length)} ${lines.length === 1 ? 'line' : 'lines'}`, ['Miner', 'Operator', 'Gas', 'Fee', 'Treasury'],
      lines.map((line) => [minerLink(line.minerId), line.operator, count(line.gasUsed), pha(line.fee), pha(line.treasury)]))));

  async function check() {
    button.disabled = true;
    try {
      const [told, head, { keys }] = await Promise.all([get(`/v1/settlements/${number}`, signal), get('/v1/log/head', signal), get('/v1/scheduler-key', signal)]);
      const { path } = told.treeSize === head.treeSize ? { path: [] } : await get(`/v1/log/consistency?first=${told.treeSize}&second=${head.treeSize}`, signal);
      const sum = told.lines.reduce((all, line) => all + BigInt(line.fee) + BigInt(line.treasury), 0n);
      verdict.replaceChildren(...checked([
        ['The lines add up to the total', sum === BigInt(told.total)],
        ['It is signed by the scheduler', await isSignedByOneOf(told, keys)],
        ['The head of the log is signed by the scheduler', await isSignedByOneOf(head, keys)],
        [`The log has only grown since, from ${count(told.treeSize)} to ${count(head.treeSize)} receipts`, await isGrown(told.treeSize, told.root, head.treeSize, head.root, path)],
      ], 'This settlement is proven.', 'This settlement is NOT proven.'));
    } catch (error) {
      signal.aborted || verdict.replaceChildren(problem(error));
    }
    button.disabled = false;
  }
}
