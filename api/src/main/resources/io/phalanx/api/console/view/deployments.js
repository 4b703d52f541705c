import { h, problem, table } from '../dom.js';
import { follow, get } from '../client.js';
import { ago, count, pha } from '../words.js';
import { badge, batched, deploymentLink } from './parts.js';

const STATES = ['Pending', 'Placed', 'Running', 'Degraded', 'Ended'];
const PAGE = 50;

/** All deployments that the caller may see, newest first, as they change. */
export async function show(place, { query, signal }) {
  const state = h('select', { onchange: reload }, h('option', { value: '' }, 'every state'), STATES.map((s) => h('option', { value: s, selected: query.get('state') === s }, s)));
  const label = h('input', { placeholder: 'team:oracle', value: query.get('label') || '', onchange: reload });
  const list = h('div');
  const more = h('button', { class: 'plain', type: 'button', onclick: () => load(false), hidden: true }, 'Show more');
  place.append(h('h1', {}, 'Deployments'),
    h('div', { class: 'row' }, h('label', {}, 'State', state), h('label', {}, 'Label', label), h('a', { href: '#/new' }, 'New deployment')), list, more);
  let items = [];
  let next = null;

  async function load(afresh) {
    const filters = new URLSearchParams({ limit: PAGE });
    state.value && filters.set('state', state.value);
    label.value && filters.set('label', label.value);
    !afresh && next && filters.set('after', next);
    const page = await get(`/v1/deployments?${filters}`, signal);
    items = afresh ? page.items : items.concat(page.items);
    next = page.next;
    render();
  }

  function render() {
    more.hidden = !next;
    list.replaceChildren(items.length
      ? table(`${items.length}${next ? ' newest' : ''}`, ['Name', 'State', 'Developer', 'Tiers', 'Replicas', 'Spent', 'Held', 'Created'], items.map((d) => [
        deploymentLink(d.id, d.name), [badge(d.state), d.endReason ? ` ${d.endReason}` : ''], d.developer, d.tiers.join(', '), count(d.replicas), pha(d.spent), pha(d.held), ago(d.createdAt)]))
      : h('p', { class: 'soft' }, 'No deployment matches.'));
  }

  function reload() {
    load(true).catch((error) => list.replaceChildren(problem(error)));
  }

  await load(true);
  const refresh = batched(render);
  follow('/v1/events?kind=deployment', (kind, deployment) => {
    const at = items.findIndex((d) => d.id === deployment.id);
    if (at >= 0) {
      items[at] = { ...items[at], ...deployment };
      refresh();
    } else if (!state.value && !label.value) {
      items.unshift(deployment);
      items.length = Math.min(items.length, 1000);
      refresh();
    }
  }, signal, reload);
}
