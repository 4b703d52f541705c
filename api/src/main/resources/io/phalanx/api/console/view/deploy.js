import { announce, card, figure, h, problem } from '../dom.js';
import { create, post } from '../client.js';
import { count, pha } from '../words.js';
import { explanation, registeredMiners } from './parts.js';

const GAS_A_SECOND_AND_POINT = 1000; // a machine with P = 1,000 does one gas in a microsecond
const SAMPLE = `0x${'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'}`;
const PAUSE_MS = 300;

/** The form of a deployment; what it would get and cost is shown while one types. */
export async function show(place, { signal }) {
  const form = fields();
  const outlook = h('div', { 'aria-live': 'polite' });
  const failed = h('div');
  const key = crypto.randomUUID();
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
      outlook.replaceChildren(cost(request), explanation(why, registered, 'What it would get now'));
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
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      const made = await create('/v1/deployments', read(form), key);
      announce('Accepted');
      location.hash = `#/deployments/${encodeURIComponent(made.id)}`;
    } catch (error) {
      failed.replaceChildren(problem(error));
      mark(form, (error.problem && error.problem.errors) || []);
      button.disabled = false;
    }
  });
  signal.addEventListener('abort', () => trying.abort());
  await look();
}

function cost(request) {
  const perSecond = BigInt(Math.max(50, request.minPerformance) * GAS_A_SECOND_AND_POINT) * BigInt(request.maxGasPrice || 0) * BigInt(request.replicas);
  const hours = perSecond > 0n ? Number(BigInt(request.budget || 0) / perSecond) / 3600 : 0;
  return card('Cost', h('div', { class: 'figures' }, figure(pha(request.budget), 'held now, never more is spent'),
    figure(perSecond > 0n ? `${hours.toFixed(1)} h` : '–', `of full work at your bid with performance ${count(Math.max(50, request.minPerformance))}`)));
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
    input('denyOperators', 'Not on operators', ''),
    input('lifetime', 'Lifetime', 'P30D'),
    h('div', { class: 'full' }, h('button', { type: 'submit' }, 'Deploy')));
}

function read(form) {
  const data = new FormData(form);
  const number = (name) => (/^-?\d{1,15}$/.test(data.get(name)) ? Number(data.get(name)) : data.get(name));
  const list = (name) => data.get(name).split(',').map((part) => part.trim()).filter(Boolean);
  const request = {
    codeHash: data.get('codeHash'), tiers: data.getAll('tiers').map(Number), minPerformance: number('minPerformance'), replicas: number('replicas'),
    maxPerOperator: number('maxPerOperator'), maxGasPrice: data.get('maxGasPrice'), budget: data.get('budget'), preference: data.get('preference'),
    regions: list('regions'), denyOperators: list('denyOperators'), lifetime: data.get('lifetime'),
  };
  data.get('name') && (request.name = data.get('name'));
  data.get('minReplicas') && (request.minReplicas = number('minReplicas'));
  return request;
}

function mark(form, faults) {
  const wrong = new Set(faults.map((fault) => (fault.pointer || '').split('/')[1]));
  for (const field of form.elements) {
    wrong.has(field.name) ? field.setAttribute('aria-invalid', 'true') : field.removeAttribute('aria-invalid');
  }
}
