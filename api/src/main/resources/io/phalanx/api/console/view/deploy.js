import { announce, card, figure, h, problem } from '../dom.js';
import { create, keyFor, newKey, post } from '../client.js';
import { count, pha, prices } from '../words.js';
import { explanation, registeredMiners } from './parts.js';

const GAS_A_SECOND_AND_POINT = 1000; // a machine with P = 1,000 does one gas in a microsecond
const SAMPLE = `0x${'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}`;
const PAUSE_MS = 300;
const HOLDS = [['PT1M', '1 minute'], ['PT2M', '2 minutes'], ['PT5M', '5 minutes'], ['PT10M', '10 minutes']];

/** The form of a deployment; what it would get and cost is shown while one types. A price can be reserved before. */
export async function show(place, { signal }) {
  const form = fields();
  const outlook = h('div', { 'aria-live': 'polite' });
  const failed = h('div');
  newKey();
  place.append(h('h1', {}, 'New deployment'), h('div', { class: 'grid' }, card('Request', form, failed), outlook));
  let timer = 0;
  let trying = new AbortController();

  async function look() {
    trying.abort();
    trying = new AbortController();
    const request = read(form);
    try {
      const [why, registered] = await Promise.all([post('/v1/deployments?dryRun=true', request, trying.signal), registeredMiners(trying.signal)]);
      failed.replaceChildren();
      mark(form, []);
      outlook.replaceChildren(cost(request, why), explanation(why, registered, 'What it would get now'));
    } catch (error) {
      if (error.name !== 'AbortError') {
        outlook.replaceChildren(problem(error));
        mark(form, (error.problem && error.problem.errors) || []);
      }
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  async function send(path, body, said, page) {
    const buttons = form.querySelectorAll('button');
    buttons.forEach((button) => button.setAttribute('disabled', ''));
    failed.replaceChildren();
    try {
      const made = await create(path, body, keyFor(path, body));
      announce(said);
      location.hash = `#/${page}/${encodeURIComponent(made.id)}`;
    } catch (error) {
      failed.replaceChildren(problem(error));
      mark(form, (error.problem && error.problem.errors) || []);
      buttons.forEach((button) => button.removeAttribute('disabled'));
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send('/v1/deployments', read(form), 'Accepted', 'deployments');
  });
  form.querySelector('#reserve').addEventListener('click', () =>
    send('/v1/quotes', { ...read(form), validFor: form.elements.validFor.value }, 'Reserved', 'quotes'));
  signal.addEventListener('abort', () => trying.abort());
  await look();
}

function cost(request, why) {
  const perSecond = BigInt(Math.max(50, request.minPerformance) * GAS_A_SECOND_AND_POINT) * BigInt(request.maxGasPrice || 0) * BigInt(request.replicas);
  const hours = perSecond > 0n ? Number(BigInt(request.budget || 0) / perSecond) / 3600 : 0;
  const asked = why.verdict === 'placeable' ? why.runnersUp.map((m) => m.gasPrice) : [];
  return card('Cost', h('div', { class: 'figures' }, figure(pha(request.budget), 'held now, never more is spent'),
    figure(perSecond > 0n ? `${hours.toFixed(1)} h` : '–', `of full work at your bid with performance ${count(Math.max(50, request.minPerformance))}`),
    asked.length ? figure(prices(asked), 'is what the free miners that suit it best ask now') : null));
}

function fields() {
  const input = (name, label, value, more = {}) => h('label', {}, label, h('input', { name, value, autocomplete: 'off', ...more }));
  return h('form', { class: 'fields', novalidate: true },
    input('name', 'Name', '', { placeholder: 'price-oracle' }),
    h('div', { class: 'full' }, input('codeHash', 'Code hash (Blake2b-256)', SAMPLE, { class: 'mono' })),
    h('fieldset', { class: 'full' }, h('legend', {}, 'Tiers you accept, 1 is best'), [1, 2, 3, 4, 5].map((tier) =>
      h('label', {}, h('input', { type: 'checkbox', name: 'tiers', value: tier, checked: tier <= 3 }), ` ${tier}`))),
    input('minPerformance', 'Least performance P', 0, { inputmode: 'numeric' }),
    input('replicas', 'Replicas', 1, { inputmode: 'numeric' }),
    input('minReplicas', 'At least at once', '', { inputmode: 'numeric', placeholder: 'all' }),
    input('maxPerOperator', 'Most on one operator, 0 any', 1, { inputmode: 'numeric' }),
    input('maxGasPrice', 'Bid, pico-PHA a gas', 1000, { inputmode: 'numeric' }),
    input('budget', 'Budget, pico-PHA', '5000000000000', { inputmode: 'numeric' }),
    h('label', {}, 'Preference', h('select', { name: 'preference' }, ['balanced', 'secure', 'fast', 'cheap'].map((p) => h('option', {}, p)))),
    input('regions', 'Regions, by comma', '', { placeholder: 'any' }),
    input('allowOperators', 'Only on operators', '', { placeholder: 'any' }),
    input('denyOperators', 'Not on operators', ''),
    input('lifetime', 'Lifetime', 'P30D'),
    input('queueTimeout', 'Give up waiting after', '', { placeholder: 'never' }),
    input('labels', 'Labels, by comma', '', { placeholder: 'team:oracle' }),
    h('div', { class: 'full' }, h('button', { type: 'submit' }, 'Deploy')),
    h('fieldset', { class: 'reserve' }, h('legend', {}, 'Or be sure of the price first'),
      h('p', { class: 'soft' }, 'Miners and budget are held for you for so long; you take the price or leave it.'),
      h('label', {}, 'Hold it for ', h('select', { name: 'validFor' }, HOLDS.map(([value, text]) => h('option', { value, selected: value === 'PT5M' }, text)))),
      h('button', { type: 'button', id: 'reserve', class: 'plain' }, 'Reserve this price')));
}

function read(form) {
  const data = new FormData(form);
  const number = (name) => (/^-?\d{1,15}$/.test(data.get(name)) ? Number(data.get(name)) : data.get(name));
  const list = (name) => data.get(name).split(',').map((part) => part.trim()).filter(Boolean);
  const request = {
    codeHash: data.get('codeHash'), tiers: data.getAll('tiers').map(Number), minPerformance: number('minPerformance'), replicas: number('replicas'),
    maxPerOperator: number('maxPerOperator'), maxGasPrice: data.get('maxGasPrice'), budget: data.get('budget'), preference: data.get('preference'),
    regions: list('regions'), allowOperators: list('allowOperators'), denyOperators: list('denyOperators'), lifetime: data.get('lifetime'),
    labels: Object.fromEntries(list('labels').map((label) => [label.split(':')[0], label.slice(label.indexOf(':') + 1)])),
  };
  data.get('name') && (request.name = data.get('name'));
  data.get('queueTimeout') && (request.queueTimeout = data.get('queueTimeout'));
  data.get('minReplicas') && (request.minReplicas = number('minReplicas'));
  return request;
}

function mark(form, faults) {
  const wrong = new Set(faults.map((fault) => (fault.pointer || '').split('/')[1]));
  for (const field of form.elements) {
    wrong.has(field.name) ? field.setAttribute('aria-invalid', 'true') : field.removeAttribute('aria-invalid');
  }
}
