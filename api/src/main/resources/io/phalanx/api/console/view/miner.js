import { card, facts, h } from '../dom.js';
import { follow, get } from '../client.js';
import { count, pha, time } from '../words.js';
import { badge, batched } from './parts.js';

/** One miner. */
export async function show(place, { args: [id], signal }) {
  const path = `/v1/miners/${encodeURIComponent(id)}`;
  const title = h('h1', {}, 'Miner');
  const body = h('div', { class: 'grid halves' });
  place.append(title, body);

  async function render() {
    const m = await get(path, signal);
    const evidence = m.tierEvidence || {};
    title.replaceChildren('Miner ', badge(m.state));
    body.replaceChildren(
      card('Who it is', facts([['Key', h('code', {}, m.minerId)], ['Operator', m.operator], ['Region (the operator’s word)', m.region], ['Performance P', `${count(m.performance)} (at first ${count(m.initialPerformance)})`],
        ['Ask', `${count(m.gasPrice)} pico-PHA a gas`], ['Stake', m.stake && `${pha(m.stake)} of at least ${pha(m.minimumStake)}`], ['Answers', m.responsive ? 'yes' : 'no'], ['Last heard', time(m.lastHeartbeatAt)],
        ['Cordoned', m.cordoned && `by ${m.cordoned.by}: ${m.cordoned.reason}${m.cordoned.until ? ` until ${time(m.cordoned.until)}` : ''}`], ['Gets no work for', (m.blockers || []).join(', ')], ['Cool-down ends', m.coolDownEndsAt && time(m.coolDownEndsAt)],
        ['Claimed too much gas', m.flagged && `${count(m.flagged.times)} times, last ${time(m.flagged.lastAt)}`]])),
      h('div', {}, card(`Tier ${m.tier}`, facts([['Proven by', evidence.type], ['Advisories', (evidence.advisories || []).join(', ')], ['Judged', time(evidence.evaluatedAt)], ['Valid until', evidence.expiresAt && time(evidence.expiresAt)],
        ['Policy version', evidence.policyVersion], ['Evidence', evidence.evidenceHash && h('code', {}, evidence.evidenceHash)]])),
      card('Earnings', facts([['Earned', pha(m.earned)], ['Settled', pha(m.settled)]]), h('p', {}, h('a', { href: `#/receipts?miner=${encodeURIComponent(m.minerId)}` }, 'Receipts of its work')))));
  }

  await render();
  const refresh = batched(() => render().catch(() => {}));
  follow(`${path}/events`, refresh, signal, refresh);
}
