import { announce, card, facts, h, problem, table } from '../dom.js';
import { follow, get, remove } from '../client.js';
import { ago, count, pha, time } from '../words.js';
import { badge, batched, explanation, minerLink } from './parts.js';

/** One deployment: what it is, what happened to it, and why it is where it is. */
export async function show(place, { args: [id], signal }) {
  const path = `/v1/deployments/${encodeURIComponent(id)}`;
  const title = h('h1', {}, id);
  const body = h('div', { class: 'grid' });
  place.append(title, body);

  async function render() {
    const [deployment, why, gas] = await Promise.all([get(path, signal), get(`${path}/explanation`, signal), get(`${path}/gas`, signal)]);
    title.replaceChildren(deployment.name, ' ', badge(deployment.state));
    const cancel = h('button', { type: 'button', class: 'plain', hidden: deployment.state === 'Ended', onclick: () => end(path, cancel) },
      deployment.state === 'Pending' ? 'Cancel it' : 'End it');
    body.replaceChildren(
      card('Request', described(deployment), cancel),
      card('Where it runs', places(deployment)),
      card('Timeline', timeline(deployment)),
      explanation(why),
      card('Gas and money', facts([
        ['Budget', pha(deployment.budget)], ['Spent', pha(deployment.spent)], ['Held', pha(deployment.held)],
        ['An hour costs', pha(gas.perHour)], ['Budget ends', gas.exhaustedAt ? `${time(gas.exhaustedAt)} (${ago(gas.exhaustedAt)})` : null]]),
      gas.assignments.length ? table('By assignment', ['Miner', 'Gas', 'Charged', 'Uncollected'],
        gas.assignments.map((a) => [minerLink(a.minerId), count(a.gasUsed), pha(a.charged), count(a.uncollected)])) : null));
  }

  await render();
  const refresh = batched(() => render().catch(() => {}));
  follow(`${path}/events`, refresh, signal);
}

async function end(path, button) {
  if (confirm('End this deployment? What is not spent is released.')) {
    button.disabled = true;
    try {
      await remove(path);
      announce('Ended');
    } catch (error) {
      button.disabled = false;
      button.after(problem(error));
    }
  }
}

function described(d) {
  return facts([
    ['Id', h('code', {}, d.id)], ['Developer', d.developer], ['Code', h('code', {}, d.codeHash)], ['Code at', d.codeUri], ['Tiers', d.tiers.join(', ')],
    ['Least performance', count(d.minPerformance)], ['Replicas', `${count(d.replicas)}, at least ${count(d.minReplicas)} at once, ${d.maxPerOperator || 'any number'} on one operator`],
    ['Regions', d.regions.join(', ')], ['Only operators', d.allowOperators.join(', ')], ['No operators', d.denyOperators.join(', ')],
    ['Preference', d.preference], ['Bid', `${count(d.maxGasPrice)} pico-PHA a gas`], ['Queue time-out', d.queueTimeout], ['Lifetime', d.lifetime],
    ['Labels', Object.entries(d.labels).map(([k, v]) => `${k}:${v}`).join(', ')]]);
}

function places(deployment) {
  const live = (deployment.assignments || []).filter((a) => a.state !== 'Ended').sort((one, other) => one.replica - other.replica);
  return live.length ? table('Its replicas', ['Replica', 'Miner', 'Tier', 'State'],
    live.map((a) => [String(a.replica), minerLink(a.minerId), String(a.tier), h('span', {}, badge(a.state), a.leaving ? ' ' : '', a.leaving ? badge('moving') : '')]))
    : h('p', { class: 'soft' }, 'Nowhere now.');
}

function timeline(deployment) {
  const moments = [[deployment.createdAt, 'created']];
  for (const a of deployment.assignments || []) {
    const on = [`replica ${a.replica} on `, minerLink(a.minerId), ` (tier ${a.tier}, ${a.operator})`];
    moments.push([a.placedAt, [...on, a.replaces ? ' placed, to take over' : ' placed']]);
    a.runningAt && moments.push([a.runningAt, [...on.slice(0, 1), minerLink(a.minerId), ' runs']]);
    a.endedAt && moments.push([a.endedAt, [...on.slice(0, 1), minerLink(a.minerId), ` ended: ${a.endReason}`]]);
  }
  deployment.endedAt && moments.push([deployment.endedAt, `ended: ${deployment.endReason}`]);
  moments.sort((one, other) => (one[0] < other[0] ? 1 : -1));
  return h('ol', { class: 'timeline' }, moments.map(([at, what]) => h('li', {}, h('time', { datetime: at }, `${time(at)}, ${ago(at)}`), what)));
}
