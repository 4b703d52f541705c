import { card, figure, h, svg, table } from '../dom.js';
import { follow, get } from '../client.js';
import { count, pha, time } from '../words.js';
import { badge, batched, deploymentLink, minerLink, quoteLink, repeat } from './parts.js';

const FEED = 30;
const FIGURES_MS = 1000; // at most so often, however many events there are
const ANYWAY_MS = 15_000; // the queue and prices move without an event of their own

/** The network at a glance. */
export async function show(place, { signal }) {
  const figures = h('section', { class: 'card wide' });
  const tiers = h('section', { class: 'card' });
  const spread = h('section', { class: 'card' });
  const money = h('section', { class: 'card' });
  const rounds = h('section', { class: 'card' });
  const feed = h('ol', { class: 'feed' });
  place.append(h('h1', {}, 'Network'), h('div', { class: 'grid halves' }, figures, money, tiers, h('div', {}, rounds, card('Happening now', feed)), spread));
  const showFigures = async () => {
    const [network, leads] = await Promise.all([get('/v1/network', signal), leader(signal)]);
    figures.replaceChildren(h('h2', {}, 'Miners and queue'), h('div', { class: 'figures' },
      Object.entries(network.miners).map(([state, miners]) => figure(count(miners), state)), figure(count(network.queue), 'deployments that lack a miner'),
      figure(count(network.quotes.open), 'open quotes'), figure(count(network.quotes.reservedMiners), 'miners held for them'), leads ? figure(leads, 'leads') : null));
    tiers.replaceChildren(h('h2', {}, 'Tiers'), table('Miners that take part, and their asks', ['Tier', 'Miners', 'Idle', 'Ask: least, median, p90', 'Median P'],
      network.tiers.map((t) => [t.tier, count(t.miners), idle(t), t.gasPrice ? `${count(t.gasPrice.min)}, ${count(t.gasPrice.median)}, ${count(t.gasPrice.p90)}` : '–', count(t.medianPerformance)])));
    showSpread(spread, network.decentralisation);
  };
  const moved = { network: batched(() => showFigures().catch(() => {}), FIGURES_MS), settlement: batched(() => showMoney(money, signal).catch(() => {}), FIGURES_MS), round: batched(() => showRounds(rounds, signal).catch(() => {}), FIGURES_MS) };
  await repeat(ANYWAY_MS, signal, () => Promise.all([showFigures(), showMoney(money, signal), showRounds(rounds, signal)]));
  follow('/v1/events', (kind, resource) => {
    (moved[kind] || moved.network)();
    feed.prepend(h('li', {}, sentence(kind, resource)));
    while (feed.children.length > FEED) {
      feed.lastChild.remove();
    }
  }, signal, moved.network);
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

/** Who leads, for those who may know. */
async function leader(signal) {
  try {
    return (await get('/v1/cluster', signal)).leader || 'nobody';
  } catch (error) {
    return null;
  }
}

async function showMoney(place, signal) {
  const { items } = await get('/v1/settlements?limit=3', signal);
  const newest = items[0] && await get(`/v1/settlements/${items[0].number}`, signal);
  place.replaceChildren(h('h2', {}, 'Gas and settlements'), items.length
    ? h('div', {}, h('div', { class: 'figures' }, figure(count(newest.lines.reduce((sum, line) => sum + BigInt(line.gasUsed), 0n)), 'gas in the newest period'), figure(count(newest.lines.length), 'miners earned it'), figure(pha(newest.total), 'charged')),
      table('The newest', ['Number', 'State', 'Until', 'Total'], items.map((s) => [h('a', { href: `#/settlements/${s.number}` }, s.number), badge(s.state), time(s.to), pha(s.total)])))
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
    case 'quote': return ['Quote ', quoteLink(resource.id), ' is ', badge(resource.state)];
    case 'budget': return ['Deployment ', deploymentLink(resource.id, resource.name), ' has used up most of its budget'];
    default: return kind;
  }
}
