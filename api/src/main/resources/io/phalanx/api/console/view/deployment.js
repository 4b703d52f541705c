import { announce, card, facts, h, problem, table } from '../dom.js';
import { follow, get, remove } from '../client.js';
import { ago, count, fails, pha, time } from '../words.js';
import { badge, batched, explanation, minerLink, registeredMiners, request } from './parts.js';

/** One deployment: what it is, what happened to it, and why it is where it is. */
export async function show(place, { args: [id], signal }) {
  const path = `/v1/deployments/${encodeURIComponent(id)}`;
  const title = h('h1', {}, id);
  const body = h('div', { class: 'grid halves' });
  place.append(title, body, contrast(path, signal));

  async function render() {
    const [deployment, why, gas, registered] = await Promise.all([get(path, signal), get(`${path}/explanation`, signal), get(`${path}/gas`, signal), registeredMiners(signal)]);
    const reason = explanation(why, registered);
    reason.classList.add('wide');
    title.replaceChildren(deployment.name, ' ', badge(deployment.state));
    const cancel = h('button', { type: 'button', class: 'plain', hidden: deployment.state === 'Ended', onclick: () => end(path, cancel) },
      deployment.state === 'Pending' ? 'Cancel it' : 'End it');
    body.replaceChildren(
      request('Request', deployment, cancel),
      h('div', {}, card('Where it runs', places(deployment)), card('Timeline', timeline(deployment)), card('Gas and money', facts([
        ['Budget', pha(deployment.budget)], ['Spent', pha(deployment.spent)], ['Held', pha(deployment.held)],
        ['An hour costs', pha(gas.perHour)], ['Budget ends', gas.exhaustedAt ? `${time(gas.exhaustedAt)} (${ago(gas.exhaustedAt)})` : null]]),
      gas.assignments.length ? table('By assignment', ['Miner', 'Gas', 'Charged', 'Uncollected'],
        gas.assignments.map((a) => [minerLink(a.minerId), count(a.gasUsed), pha(a.charged), count(a.uncollected)])) : null,
      gas.assignments.length ? h('p', {}, h('a', { href: `#/receipts?deployment=${encodeURIComponent(id)}` }, 'Receipts of every charge')) : null)),
      reason);
  }

  await render();
  const refresh = batched(() => render().catch(() => {}));
  follow(`${path}/events`, refresh, signal, refresh);
}

/** Why (not) a certain miner; it stays as it is while the rest of the page moves. */
function contrast(path, signal) {
  const miner = h('input', { name: 'miner', class: 'mono', autocomplete: 'off', placeholder: 'its key' });
  const said = h('div', { class: 'contrast', 'aria-live': 'polite' });
  const form = h('form', { class: 'row' }, h('label', { class: 'long' }, 'Miner', miner), h('button', { type: 'submit', class: 'plain' }, 'Why (not) this one?'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      said.replaceChildren(...compared((await get(`${path}/explanation?miner=${encodeURIComponent(miner.value.trim())}`, signal)).miner));
    } catch (error) {
      signal.aborted || said.replaceChildren(problem(error));
    }
  });
  return card('Another miner', form, said);
}

function compared(answer) {
  if (!answer) {
    return [h('p', {}, 'It is over: nothing is looked for any more.')];
  }
  const terms = Object.keys(answer.terms || {});
  return [
    answer.fails.length
      ? h('div', {}, h('p', {}, 'It cannot take it now. It is one of those that'), h('ul', { class: 'fails' }, answer.fails.map((constraint) => h('li', {}, `${fails(constraint)} (${constraint})`))))
      : h('p', {}, `It could take it now, for ${count(answer.gasPrice)} pico-PHA a gas${answer.score === null ? '' : `, with a score of ${count(answer.score)}`}.`),
    answer.differences.length && terms.length
      ? table('What the chosen miners have more than it', ['Replica', 'Miner', 'Score', ...terms], answer.differences.map((d) => [String(d.replica), minerLink(d.minerId), count(d.score), ...terms.map((term) => count(d.terms[term]))]))
      : '',
  ];
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
