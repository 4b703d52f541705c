import { card, h, problem, svg, table } from '../dom.js';
import { all } from '../client.js';
import { count } from '../words.js';
import { badge, minerLink, repeat } from './parts.js';

const STATES = ['Idle', 'Active', 'CoolingDown', 'Stopped'];
const PAGES = 10; // of 1,000 miners
const ROWS = 200;
const ACROSS = 14;

/** Every miner: a map by operator and a list. */
export async function show(place, { query, signal }) {
  const state = h('select', { onchange: reload }, h('option', { value: '' }, 'every state'), STATES.map((s) => h('option', { value: s, selected: query.get('state') === s }, s)));
  const tier = h('select', { onchange: reload }, h('option', { value: '' }, 'every tier'), [1, 2, 3, 4, 5].map((t) => h('option', { value: t }, t)));
  const operator = h('input', { onchange: reload, value: query.get('operator') || '' });
  const map = h('div');
  const list = h('div');
  place.append(h('h1', {}, 'Miners'), h('div', { class: 'row' }, h('label', {}, 'State', state), h('label', {}, 'Tier', tier), h('label', {}, 'Operator', operator)),
    card('By operator', legend(), map), card('One by one', list));

  async function load() {
    const filters = new URLSearchParams();
    state.value && filters.set('state', state.value);
    tier.value && filters.set('tier', tier.value);
    operator.value && filters.set('operator', operator.value);
    const found = await all(`/v1/miners?${filters}`, PAGES, signal);
    map.replaceChildren(operators(found.items), found.more ? h('p', { class: 'soft' }, `Only the first ${count(found.items.length)} are shown.`) : '');
    list.replaceChildren(table(`${count(found.items.length)} miners${found.items.length > ROWS ? `, the first ${ROWS} shown` : ''}`,
      ['Miner', 'State', 'Tier', 'P', 'Ask', 'Operator', 'Region', 'Gets no work for'],
      found.items.slice(0, ROWS).map((m) => [minerLink(m.minerId), [badge(m.state), m.responsive ? '' : ' silent'], m.tier, count(m.performance), count(m.gasPrice), m.operator, m.region, (m.blockers || []).join(', ')])));
  }

  function reload() {
    load().catch((error) => list.replaceChildren(problem(error)));
  }

  await repeat(10_000, signal, load);
}

function legend() {
  return h('p', { class: 'soft' }, STATES.flatMap((s) => [svg('svg', { width: 12, height: 12, viewBox: '0 0 1 1', 'aria-hidden': 'true' }, svg('rect', { width: 1, height: 1, class: `fill-${s}` })), ` ${s} `]));
}

function operators(miners) {
  const byOperator = new Map();
  for (const miner of miners) {
    byOperator.has(miner.operator) || byOperator.set(miner.operator, []);
    byOperator.get(miner.operator).push(miner);
  }
  return h('ul', { class: 'fleet' }, [...byOperator].sort((a, b) => b[1].length - a[1].length).slice(0, 120).map(([name, own]) =>
    h('li', {}, h('strong', {}, name), h('div', { class: 'soft' }, `${count(own.length)} miners, ${count(own.filter((m) => m.state === 'Active').length)} active`), squares(name, own))));
}

function squares(name, own) {
  const shown = own.slice(0, ACROSS * 20).sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const rows = Math.ceil(shown.length / ACROSS);
  return svg('svg', { viewBox: `0 0 ${ACROSS} ${rows}`, role: 'img', 'aria-label': `${name}: ${STATES.map((s) => `${own.filter((m) => m.state === s).length} ${s}`).join(', ')}` },
    shown.map((m, i) => svg('rect', { x: i % ACROSS, y: Math.floor(i / ACROSS), width: 0.85, height: 0.85, class: `fill-${m.state}` })));
}
