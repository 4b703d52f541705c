import { card, facts, h, table } from '../dom.js';
import { get } from '../client.js';
import { count, pha, time } from '../words.js';
import { badge, minerLink } from './parts.js';

/** One closed period with a line for each miner. */
export async function show(place, { args: [number], signal }) {
  const s = await get(`/v1/settlements/${number}`, signal);
  place.append(h('h1', {}, `Settlement ${s.number} `, badge(s.state)),
    card('Period', facts([['From', time(s.from)], ['Until', time(s.to)], ['Total', pha(s.total)], ['Receipts in the log', count(s.treeSize)], ['Log root', s.root && h('code', {}, s.root)],
      ['Previous root', s.previousRoot && h('code', {}, s.previousRoot)], ['Signed by', s.keyId && h('code', {}, s.keyId)]])),
    card(null, table(`${count((s.lines || []).length)} miners`, ['Miner', 'Operator', 'Gas', 'Fee', 'Treasury'],
      (s.lines || []).map((line) => [minerLink(line.minerId), line.operator, count(line.gasUsed), pha(line.fee), pha(line.treasury)]))));
}
