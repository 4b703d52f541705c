import { h, problem, table } from '../dom.js';
import { follow, get } from '../client.js';
import { ago, count, pha, prices } from '../words.js';
import { badge, batched, countdown, quoteLink } from './parts.js';

const OPEN = 'Requested,Offered,Lacking';
const STATES = ['Requested', 'Offered', 'Lacking', 'Redeemed', 'Expired', 'Withdrawn', 'Void'];
const PAGE = 100;

/** Firm prices that were asked for, newest first, as they change. */
export async function show(place, { query, signal }) {
  const state = h('select', { onchange: reload }, h('option', { value: OPEN }, 'open ones'), h('option', { value: '', selected: query.get('state') === '' }, 'every state'),
    STATES.map((s) => h('option', { value: s, selected: query.get('state') === s }, s)));
  const list = h('div');
  place.append(h('h1', {}, 'Quotes'),
    h('p', {}, 'A quote is a firm price, with miners and budget held for it until it ends.'),
    h('div', { class: 'row' }, h('label', {}, 'State', state), h('a', { href: '#/new' }, 'Ask for one')), list);

  async function load() {
    const { items, next } = await get(`/v1/quotes?limit=${PAGE}${state.value ? `&state=${encodeURIComponent(state.value)}` : ''}`, signal);
    list.replaceChildren(items.length
      ? table(`${next ? 'The newest ' : ''}${count(items.length)}`, ['Quote', 'State', 'Left', 'Price', 'Miners', 'Budget held', 'Developer', 'Asked'], items.map((q) => [
        quoteLink(q.id), badge(q.state), isOpen(q) && q.expiresAt ? countdown(q.expiresAt, signal) : '–', prices(q.replicas.map((r) => r.gasPrice)), count(q.replicas.length),
        isOpen(q) ? pha(q.request.budget) : '–', q.developer, ago(q.createdAt)]))
      : h('p', { class: 'soft' }, 'There is none.'));
  }

  function reload() {
    load().catch((error) => signal.aborted || list.replaceChildren(problem(error)));
  }

  await load();
  const refresh = batched(reload);
  follow('/v1/events?kind=quote', refresh, signal, refresh);
}

const isOpen = (quote) => OPEN.split(',').includes(quote.state);
