import { card, figure, h, table } from '../dom.js';
import { get } from '../client.js';
import { count, time } from '../words.js';
import { repeat } from './parts.js';

/** What the placement rounds saw and decided, and how far from the best they can be. */
export async function show(place, { signal }) {
  const summary = h('section', { class: 'card' });
  const list = h('section', { class: 'card' });
  place.append(h('h1', {}, 'Rounds'), summary, list);
  await repeat(3000, signal, async () => {
    const { items } = await get('/v1/rounds?limit=100', signal);
    const millis = items.map((r) => r.micros / 1000).sort((a, b) => a - b);
    const worst = Math.max(0, ...items.map((r) => Number(r.gap)));
    summary.replaceChildren(h('h2', {}, `The newest ${count(items.length)}`), h('div', { class: 'figures' },
      figure(millis.length ? `${millis[Math.floor(millis.length / 2)].toFixed(1)} ms` : '–', 'median time'),
      figure(millis.length ? `${millis[millis.length - 1].toFixed(1)} ms` : '–', 'longest'), figure(`${(worst * 100).toFixed(3)} %`, 'largest gap to the bound'),
      figure(count(items.reduce((sum, r) => sum + r.placedReplicas, 0)), 'replicas placed')));
    list.replaceChildren(table('Newest first', ['Round', 'Time', 'Miners', 'Deployments', 'Replicas', 'Placed', 'Value', 'Bound', 'Gap', 'Fit', 'Took'], items.map((r) => [
      h('a', { href: `#/rounds/${r.number}` }, count(r.number)), time(r.time), count(r.miners), count(r.deployments), count(r.replicas), count(r.placedReplicas), count(r.value), count(r.valueBound),
      `${(r.gap * 100).toFixed(3)} %`, count(r.fit), `${(r.micros / 1000).toFixed(1)} ms`])));
  });
}
