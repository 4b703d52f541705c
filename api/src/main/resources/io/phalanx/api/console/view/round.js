import { card, facts, h, problem, table } from '../dom.js';
import { get } from '../client.js';
import { count, dropped, time } from '../words.js';
import { deploymentLink, minerLink, quoteLink } from './parts.js';

/** One round: what it saw, how good its plan was, and on demand every line of it. */
export async function show(place, { args: [number], signal }) {
  const path = `/v1/rounds/${number}`;
  const r = await get(path, signal);
  const lines = h('div', { 'aria-live': 'polite' });
  const button = h('button', { type: 'button', onclick: showLines }, 'Show every line');
  place.append(h('h1', {}, `Round ${count(r.number)}`),
    h('div', { class: 'grid halves' },
      card('What it saw', facts([['Committed', time(r.time)], ['Planned on position', count(r.basePosition)], ['Miners that were free', count(r.miners)], ['Deployments and quotes that waited', count(r.deployments)],
        ['Replicas they lacked', count(r.replicas)]])),
      card('How good its plan was', facts([['Placed', `${count(r.placedReplicas)} replicas in ${(r.micros / 1000).toFixed(1)} ms`], ['Value', `${count(r.value)} of ${count(r.valueBound)} at most`],
        ['Short of the best', `${(r.gap * 100).toFixed(3)} % at most`], ['Fit', `${count(r.fit)} of ${count(r.fitBound)} at most`], ['Seed', count(r.seed)], ['Engine', r.solver]]))),
    card('Its plan', h('p', {}, 'Nothing is kept of it beside the journal, from which it is found again: that may take seconds for a round long past.'), button, lines));

  async function showLines() {
    button.disabled = true;
    try {
      const full = await get(`${path}?full=true`, signal);
      const url = URL.createObjectURL(new Blob([`${JSON.stringify(full)}\n`], { type: 'application/json' }));
      signal.addEventListener('abort', () => URL.revokeObjectURL(url));
      lines.replaceChildren(full.plan.length
        ? table(`${count(full.plan.length)} ${full.plan.length === 1 ? 'line' : 'lines'}`, ['For', 'Miner', 'Price', 'Not committed, because'], full.plan.map((line) => [
          line.deploymentId.startsWith('q-') ? quoteLink(line.deploymentId) : deploymentLink(line.deploymentId), minerLink(line.minerId), line.gasPrice === null ? '–' : count(line.gasPrice), line.dropped ? dropped(line.dropped) : '']))
        : h('p', { class: 'soft' }, 'It placed nothing.'),
      h('p', {}, h('a', { href: url, download: `round-${r.number}.json` }, 'Keep it as a file'), ' for ', h('code', {}, 'phalanx plan --round FILE'), ', which plans it again.'));
      button.hidden = true;
    } catch (error) {
      signal.aborted || lines.replaceChildren(problem(error));
      button.disabled = false;
    }
  }
}
