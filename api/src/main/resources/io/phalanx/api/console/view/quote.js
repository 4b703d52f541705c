import { announce, card, facts, figure, h, problem, table } from '../dom.js';
import { create, follow, get, keyFor, remove } from '../client.js';
import { ago, count, pha, prices, quoteState, time } from '../words.js';
import { isSignedByOneOf } from '../proof.js';
import { badge, batched, checked, countdown, minerLink, request } from './parts.js';

/** One quote: what it costs and how long it stands; to be taken, given back, checked and kept. */
export async function show(place, { args: [id], signal }) {
  const path = `/v1/quotes/${encodeURIComponent(id)}`;
  const title = h('h1', {}, 'Quote');
  const body = h('div', { class: 'grid halves' });
  place.append(title, body);
  let last = '';

  async function render() {
    const quote = await get(path, signal);
    const now = JSON.stringify(quote);
    if (now !== last) { // else what one types stays, and where one is
      last = now;
      title.replaceChildren(`Quote ${quote.id} `, badge(quote.state));
      body.replaceChildren(price(quote, signal), h('div', {}, take(quote, path, render), quote.signature ? signed(quote, signal) : null), request('What was asked for', quote.request));
    }
  }

  await render();
  const refresh = batched(() => render().catch(() => {}));
  follow('/v1/events?kind=quote', (kind, quote) => quote.id === id && refresh(), signal, refresh);
}

function price(quote, signal) {
  const isOpen = ['Offered', 'Lacking'].includes(quote.state);
  return card('Price', h('p', {}, quoteState(quote.state)),
    h('div', { class: 'figures' },
      isOpen ? h('div', { class: 'figure' }, h('b', {}, countdown(quote.expiresAt, signal)), h('span', {}, `left, until ${time(quote.expiresAt)}`)) : null,
      figure(prices(quote.replicas.map((r) => r.gasPrice)), 'price'), figure(pha(quote.request.budget), isOpen ? 'held, never more is spent' : 'was the budget')),
    quote.replicas.length ? table(isOpen ? 'Miners that are held for it' : 'Miners that were held for it', ['Miner', 'Tier', 'Price'], quote.replicas.map((r) => [minerLink(r.minerId), String(r.tier), count(r.gasPrice)])) : null,
    h('p', { class: 'soft' }, `Asked for ${ago(quote.createdAt)} by ${quote.developer}.`));
}

function take(quote, path, render) {
  if (!['Offered', 'Lacking', 'Requested'].includes(quote.state)) {
    return card('Another one', h('p', {}, h('a', { href: '#/new' }, 'Ask for another price'), ' or see ', h('a', { href: '#/deployments' }, 'your deployments'), '.'));
  }
  const failed = h('div');
  const name = h('input', { name: 'name', autocomplete: 'off', value: quote.request.name || '' });
  const deploy = h('button', { type: 'submit', disabled: quote.state !== 'Offered' }, 'Deploy at this price');
  const back = h('button', { type: 'button', class: 'plain', onclick: () => act(() => remove(path).then(() => announce('Given back')).then(render)) }, 'Give it back');
  const form = h('form', { class: 'fields' }, h('div', { class: 'full' }, h('label', {}, 'Name', name)), h('div', { class: 'full actions' }, deploy, back));

  async function act(action) {
    deploy.disabled = back.disabled = true;
    failed.replaceChildren();
    try {
      await action();
    } catch (error) {
      failed.replaceChildren(problem(error));
      deploy.disabled = quote.state !== 'Offered';
      back.disabled = false;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = { quote: quote.id, ...(name.value.trim() ? { name: name.value.trim() } : {}) };
    act(async () => {
      const made = await create('/v1/deployments', body, keyFor('/v1/deployments', body));
      announce('Taken');
      location.hash = `#/deployments/${encodeURIComponent(made.id)}`;
    });
  });
  return card('Take it', h('p', {}, 'Once. It is placed at once, on these miners at these prices.'), form, failed);
}

function signed(quote, signal) {
  const verdict = h('div', { 'aria-live': 'polite' });
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(quote, null, 2)}\n`], { type: 'application/json' }));
  signal.addEventListener('abort', () => URL.revokeObjectURL(url));
  const button = h('button', { type: 'button', onclick: check }, 'Check the signature');

  async function check() {
    button.disabled = true;
    try {
      const { keys } = await get('/v1/scheduler-key', signal);
      verdict.replaceChildren(...checked([['It is signed by the scheduler, to the letter', await isSignedByOneOf(quote, keys)]], 'This price is proven.', 'This price is NOT proven.'));
    } catch (error) {
      signal.aborted || verdict.replaceChildren(problem(error));
    }
    button.disabled = false;
  }

  return card('Signed', h('p', {}, 'Who keeps this document can show later what was promised.'),
    h('p', { class: 'actions' }, button, h('a', { href: url, download: `${quote.id}.json` }, 'Keep it as a file')), verdict, facts([['Key', h('code', {}, quote.keyId)]]));
}
