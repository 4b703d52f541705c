import { h, table } from '../dom.js';
import { get } from '../client.js';
import { pha, time } from '../words.js';
import { badge, repeat } from './parts.js';

/** The closed periods, newest first. */
export async function show(place, { signal }) {
  const list = h('div');
  place.append(h('h1', {}, 'Settlements'), list);
  await repeat(5000, signal, async () => {
    const { items } = await get('/v1/settlements?limit=100', signal);
    list.replaceChildren(items.length
      ? table('Newest first', ['Number', 'State', 'From', 'To', 'Total', 'Log root'], items.map((s) => [h('a', { href: `#/settlements/${s.number}` }, s.number), badge(s.state), time(s.from), time(s.to), pha(s.total), h('code', {}, s.root ? `${s.root.slice(0, 16)}…` : '–')]))
      : h('p', { class: 'soft' }, 'None yet.'));
  });
}
