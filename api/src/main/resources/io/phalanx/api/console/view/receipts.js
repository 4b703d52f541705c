import { card, facts, h, problem, table } from '../dom.js';
import { get } from '../client.js';
import { count, pha, time } from '../words.js';
import { bytes, hex, isSignedByOneOf, leafHash, rootOf } from '../proof.js';
import { checked, deploymentLink, minerLink, paged } from './parts.js';

/** Receipts, and the check of one in this browser. */
export async function show(place, { args: [id], query, signal }) {
  place.append(h('h1', {}, id ? `Receipt ${id}` : 'Receipts'));
  return id ? one(place, id, signal) : list(place, query, signal);
}

async function list(place, query, signal) {
  const filters = new URLSearchParams();
  const chosen = ['deployment', 'assignment', 'miner'].filter((name) => query.get(name));
  chosen.forEach((name) => filters.set(name, query.get(name)));
  place.append(h('p', {}, 'Every charge is a leaf of an append-only log. Choose one to check it in this browser.'),
    chosen.length ? h('p', {}, `Only of ${chosen.map((name) => `${name} ${query.get(name)}`).join(', ')}. `, h('a', { href: '#/receipts' }, 'Show all')) : '');
  await paged(place, `/v1/receipts?${filters}`, signal, (items, isAll) => (items.length
    ? table(`${isAll ? '' : 'The newest '}${count(items.length)} ${items.length === 1 ? 'receipt' : 'receipts'}`, ['Receipt', 'Time', 'Deployment', 'Miner', 'Gas', 'Price', 'Fee', 'Treasury'], items.map((r) => [
      h('a', { class: 'mono', href: `#/receipts/${encodeURIComponent(r.id)}` }, r.id), time(r.time), deploymentLink(r.deploymentId), minerLink(r.minerId), count(r.gas), count(r.gasPrice), pha(r.fee), pha(r.treasury)]))
    : h('p', { class: 'soft' }, 'None yet: the first comes with the first charged report of gas.')));
}

async function one(place, id, signal) {
  const receipt = await get(`/v1/receipts/${encodeURIComponent(id)}`, signal);
  const verdict = h('div', { 'aria-live': 'polite' });
  const button = h('button', { type: 'button', onclick: check }, 'Check it here');
  place.append(card('What was charged', facts([['Time', time(receipt.time)], ['Deployment', deploymentLink(receipt.deploymentId)], ['Assignment', h('code', {}, receipt.assignmentId)], ['Miner', minerLink(receipt.minerId)],
    ['Gas', count(receipt.gas)], ['Price', `${count(receipt.gasPrice)} pico-PHA a gas`], ['To the miner', pha(receipt.fee)], ['To the treasury', pha(receipt.treasury)], ['Leaf', count(receipt.leafIndex)]])),
  card('Is it in the log?', h('p', {}, 'Your browser hashes the receipt, follows the proof to the root, and checks the scheduler’s signature on it. Nothing is sent.'), button, verdict));

  async function check() {
    button.disabled = true;
    try {
      const head = await get('/v1/log/head', signal);
      const [proof, { keys }] = await Promise.all([get(`/v1/receipts/${encodeURIComponent(id)}/proof?treeSize=${head.treeSize}`, signal), get('/v1/scheduler-key', signal)]);
      const leaf = await leafHash(receipt);
      const root = await rootOf(leaf, receipt.leafIndex, head.treeSize, proof.path);
      const steps = [
        ['The sum is right: gas × price = fee + treasury', BigInt(receipt.gas) * BigInt(receipt.gasPrice) === BigInt(receipt.fee) + BigInt(receipt.treasury)],
        [`The path of ${proof.path.length} hashes leads to the root of the log`, root !== null && root === hex(bytes(head.root))],
        ['The root is signed by the scheduler', await isSignedByOneOf(head, keys)],
      ];
      verdict.replaceChildren(...checked(steps, 'This receipt is proven.', 'This receipt is NOT proven.'),
        facts([['Leaf hash', h('code', {}, hex(leaf))], ['Root', h('code', {}, head.root)], ['Tree size', count(head.treeSize)]]));
    } catch (error) {
      verdict.replaceChildren(problem(error));
    }
    button.disabled = false;
  }
}
