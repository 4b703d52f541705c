import { card, figure, h, svg, table } from '../dom.js';
import { follow, get } from '../client.js';
import { count, pha, time } from '../words.js';
import { badge, deploymentLink, minerLink, repeat } from './parts.js';

const FEED = 30;

/** The network at a glance. */
export async function show(place, { signal }) {
  const figures = h('section', { class: 'card wide' });
  const tiers = h('section', { class: 'card' });
  const spread = h('section', { class: 'card' });
  const money = h('section', { class: 'card' });
  const rounds = h('section', { class: 'card' });
  const feed = h('ol', { class: 'feed' });
  place.append(h('h1', {}, 'Network'), h('div', { class: 'grid' }, figures, tiers, spread, rounds, money, card('Happening now', feed)));
  await repeat(2000, signal, async () => {
    const network = await get('/v1/network', signal);
    figures.replaceChildren(h('h2', {}, 'Miners and queue'), h('div', { class: 'figures' },
      Object.entries(network.miners).map(([state, miners]) => figure(count(miners), state)), figure(count(network.queue), 'deployments that lack a miner')));
    tiers.replaceChildren(h('h2', {}, 'Tiers'), table('Miners that take part, and their asks', ['Tier', 'Miners', 'Idle', 'Ask: least, median, p90', 'Median P'],
      network.tiers.map((t) => [t.tier, count(t.miners), idle(t), t.gasPrice ? `${count(t.gasPrice.min)}, ${count(t.gasPrice.median)}, ${count(t.gasPrice.p90)}` : '–', count(t.medianPerformance)])));
    showSpread(spread, network.decentralisation);
  });
  repeat(5000, signal, () => Promise.all([showMoney(money, signal), showRounds(rounds, signal)])).catch(() => {});
  follow('/v1/events', (kind, resource) => {
    feed.prepend(h('li', {}, sentence(kind, resource)));
    while (feed.children.length > FEED) {
      feed.lastChild.remove();
    }
  }, signal);
}

function idle(tier) {
  return [h('meter', { min: 0, max: Math.max(1, tier.miners), value: tier.idle, 'aria-label': `${tier.idle} of ${tier.miners} idle` }), ` ${count(tier.idle)}`];
}

function showSpread(place, { nakamoto, gini, activeReplicasByOperator }) {
  const largest = Object.entries(activeReplicasByOperator).sort((a, b) => b[1] - a[1]).slice(0, 8);
  const most = Math.max(1, ...largest.map(([, replicas]) => replicas));
  place.replaceChildren(h('h2', {}, 'Decentralisation'),
    h('div', { class: 'figures' }, figure(nakamoto, 'operators run more than half'), figure(gini, 'Gini coefficient of active replicas')),
    h('div', { class: 'bars' }, largest.flatMap(([operator, replicas]) => [h('span', {}, operator),
      h('meter', { min: 0, max: most, value: replicas, 'aria-label': `${operator}: ${replicas}` }), h('span', { class: 'right' }, count(replicas))])));
}

async function showMoney(place, signal) {
  const { items } = await get('/v1/settlements?limit=5', signal);
  place.replaceChildren(h('h2', {}, 'Settlements'), items.length
    ? table('The newest', ['Number', 'State', 'Until', 'Total'], items.map((s) => [h('a', { href: `#/settlements/${s.number}` }, s.number), badge(s.state), time(s.to), pha(s.total)]))
    : h('p', { class: 'soft' }, 'None yet: the first closes when a period with charged gas ends.'));
}

async function showRounds(place, signal) {
  const { items } = await get('/v1/rounds?limit=60', signal);
  const newest = items[0];
  place.replaceChildren(h('h2', {}, 'Rounds'), newest
    ? h('div', {}, h('div', { class: 'figures' }, figure(count(newest.number), 'rounds so far'), figure(`${(newest.micros / 1000).toFixed(1)} ms`, 'the newest took'),
      figure(`${(newest.gap * 100).toFixed(3)} %`, 'below the best, at most')), spark(items.map((r) => r.placedReplicas).reverse(), 'Replicas placed by each of the newest rounds'))
    : h('p', { class: 'soft' }, 'None yet: a round runs when something waits and a miner is free.'));
}

function spark(values, title) {
  const most = Math.max(1, ...values);
  const points = values.map((value, i) => `${(i * 100) / Math.max(1, values.length - 1)},${29 - (value * 28) / most}`).join(' ');
  return svg('svg', { class: 'spark', viewBox: '0 0 100 30', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${title}, ${most} at most` }, svg('polyline', { points }));
}

function sentence(kind, resource) {
  switch (kind) {
    case 'deployment': return ['Deployment ', deploymentLink(resource.id, resource.name), ' is ', badge(resource.state)];
    case 'assignment': return ['Replica ', String(resource.replica), ' on ', minerLink(resource.minerId), ' is ', badge(resource.leaving ? 'moving' : resource.state), resource.endReason ? ` ${resource.endReason}` : ''];
    case 'miner': return ['Miner ', minerLink(resource.minerId), ' is ', badge(resource.state), resource.responsive ? '' : ' and silent'];
    case 'settlement': return ['Settlement ', h('a', { href: `#/settlements/${resource.number}` }, String(resource.number)), ' is ', badge(resource.state)];
    case 'round': return `Round ${resource.number} placed ${resource.placedReplicas} of ${resource.replicas} replicas`;
    default: return kind;
  }
}
