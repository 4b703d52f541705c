// What several views show alike.
import { announce, card, facts, h, problem, table } from '../dom.js';
import { get } from '../client.js';
import { change, count, duration, fails, left, tone, verdict } from '../words.js';

export const badge = (state) => h('span', { class: `badge ${tone(state)}` }, state);

/** How many miners are registered. */
export async function registeredMiners(signal) {
  const { miners } = await get('/v1/network', signal);
  return Object.values(miners).reduce((sum, some) => sum + some, 0);
}

/** The explanation in words, with a bar for each constraint, of so many registered miners. */
export function explanation(answer, registered, title = 'Why it is where it is') {
  const most = Math.max(registered, answer.eligibleMiners, ...answer.eliminations.map((e) => e.miners), 1);
  return card(title,
    h('p', {}, answer.state === 'Ended' ? null : badge(answer.verdict), ' ', verdict(answer)),
    wait(answer.estimatedWait),
    answer.eliminations.length ? eliminations(answer.eliminations, most) : null,
    answer.relaxations.length ? relaxations(answer.relaxations) : null,
    scored('Its miners, with their score of now', answer.chosen),
    scored('Who else could take it now', answer.runnersUp));
}

function wait(estimated) {
  return estimated && estimated.p50
    ? h('p', {}, `Half of such deployments wait no longer than ${duration(estimated.p50)}${estimated.p90 && estimated.p90 !== estimated.p50 ? `, nine of ten no longer than ${duration(estimated.p90)}` : ''}.`)
    : null;
}

function eliminations(list, most) {
  return h('div', {},
    h('p', { class: 'soft' }, `Of ${count(most)} registered miners; one may fail several conditions:`),
    h('div', { class: 'bars' }, list.flatMap(({ constraint, miners }) => [
      h('span', {}, fails(constraint)),
      h('meter', { min: 0, max: most, value: miners, 'aria-label': `${constraint}: ${miners}` }),
      h('span', { class: 'right' }, count(miners)),
    ])));
}

function relaxations(list) {
  return h('div', {},
    h('p', {}, 'The next round could place it if you would'),
    h('ul', { class: 'relaxations' }, list.map((relaxation) => h('li', {}, change(relaxation.change),
      h('span', { class: 'soft' }, ` (${relaxation.idleEligibleMiners === 1 ? 'one free miner' : `${count(relaxation.idleEligibleMiners)} free miners`})`)))));
}

function scored(title, miners) {
  if (!miners.length) {
    return null;
  }
  const terms = Object.keys(miners[0].terms);
  return table(title, ['Replica', 'Miner', 'Tier', 'Operator', 'Price', 'Score', ...terms],
    miners.map((m) => [m.replica === null ? '–' : m.replica, minerLink(m.minerId), m.tier, m.operator, count(m.gasPrice), count(m.score), ...terms.map((term) => count(m.terms[term]))]));
}

export const minerLink = (id) => h('a', { class: 'mono', href: `#/miners/${encodeURIComponent(id)}` }, id.length > 18 ? `${id.slice(0, 10)}…${id.slice(-6)}` : id);

export const deploymentLink = (id, name) => h('a', { href: `#/deployments/${encodeURIComponent(id)}` }, name || id);

/** What a request for a deployment says, defaults and all. */
export function request(title, d, ...more) {
  return card(title, facts([
    ['Id', d.id && h('code', {}, d.id)], ['Developer', d.developer], ['Code', h('code', {}, d.codeHash)], ['Code at', d.codeUri], ['Tiers', d.tiers.join(', ')],
    ['Least performance', count(d.minPerformance)], ['Replicas', `${count(d.replicas)}, at least ${count(d.minReplicas)} at once, ${d.maxPerOperator || 'any number'} on one operator`],
    ['Regions', d.regions.join(', ')], ['Only operators', d.allowOperators.join(', ')], ['No operators', d.denyOperators.join(', ')],
    ['Preference', d.preference], ['Bid', `${count(d.maxGasPrice)} pico-PHA a gas`], ['Queue time-out', d.queueTimeout], ['Lifetime', d.lifetime],
    ['Labels', Object.entries(d.labels).map(([k, v]) => `${k}:${v}`).join(', ')]]), ...more);
}

export const quoteLink = (id) => h('a', { class: 'mono', href: `#/quotes/${encodeURIComponent(id)}` }, id);

/** A clock that counts down to that time and then says so; it stops with the view, or when it is taken off the page. */
export function countdown(iso, signal) {
  const clock = h('span', { class: 'clock', role: 'timer', 'aria-live': 'off' });
  const tick = () => {
    clock.textContent = left(iso) || 'over';
  };
  const timer = setInterval(() => {
    tick();
    if (!clock.isConnected || !left(iso)) {
      clearInterval(timer);
    }
  }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
  tick();
  return clock;
}

/** Steps of a check with what came of each, and the verdict over all. */
export function checked(steps, good, bad) {
  const holds = steps.every(([, one]) => one);
  return [h('ul', { class: 'steps' }, steps.map(([what, one]) => h('li', { class: one ? 'good' : 'bad' }, `${one ? '✓' : '✗'} ${what}`))),
    h('p', { class: `notice ${holds ? 'good' : 'bad'}`, id: 'proof-verdict' }, holds ? good : bad)];
}

/** A list that is shown a page of 100 at a time, with a button for the next one. */
export async function paged(place, path, signal, render) {
  const shown = h('div');
  const more = h('button', { class: 'plain', type: 'button', hidden: true }, 'Show more');
  place.append(shown, more);
  let items = [];
  let next = null;

  async function load() {
    const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=100${next ? `&after=${encodeURIComponent(next)}` : ''}`, signal);
    items = items.concat(page.items);
    next = page.next;
    more.hidden = !next;
    shown.replaceChildren(render(items, !next));
  }

  more.addEventListener('click', async () => {
    more.disabled = true;
    try {
      await load();
      announce(`${items.length} are shown`);
    } catch (error) {
      signal.aborted || shown.append(problem(error));
    }
    more.disabled = false;
  });
  await load();
}

/** Calls it now and again and again, as long as the view is shown; never two at once. */
export async function repeat(everyMs, signal, action) {
  await action();
  (async () => {
    while (!signal.aborted) {
      await new Promise((done) => setTimeout(done, everyMs));
      if (!signal.aborted && !document.hidden) {
        try {
          await action();
        } catch (error) {
          // what is shown stays; the next time may do better
        }
      }
    }
  })();
}

/** Keeps what arrives in a burst and shows it once after that many milliseconds. */
export function batched(action, afterMs = 250) {
  let waiting = false;
  return () => {
    if (!waiting) {
      waiting = true;
      setTimeout(() => {
        waiting = false;
        action();
      }, afterMs);
    }
  };
}
