import { announce, card, figure, h, problem, table } from '../dom.js';
import { caller, get } from '../client.js';
import { pha, time } from '../words.js';
import { deploymentLink, paged } from './parts.js';

/** Who the caller is, and the books of a developer. */
export async function show(place, { signal }) {
  const key = h('input', { type: 'password', autocomplete: 'off', value: caller.key });
  const developer = h('input', { value: caller.developer, placeholder: 'dev', autocomplete: 'off' });
  const books = h('div');
  const form = h('form', { class: 'fields' }, h('label', {}, 'Key, where the service asks for one', key), h('label', {}, 'Developer', developer),
    h('div', { class: 'full' }, h('button', { type: 'submit' }, 'Use for this tab')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    caller.set(key.value.trim(), developer.value.trim());
    announce('Saved for this tab');
    load();
  });
  place.append(h('h1', {}, 'Account'), card('Who you are', form, h('p', { class: 'soft' }, 'Kept in this tab until it is closed; sent as a header only.')), books);

  async function load() {
    const who = developer.value.trim() || 'dev';
    const path = `/v1/accounts/${encodeURIComponent(who)}`;
    try {
      const account = await get(path, signal);
      const ledger = card('Ledger');
      books.replaceChildren(
        card(`Balance of ${who}`, h('div', { class: 'figures' }, figure(pha(account.available), 'available'), figure(pha(account.held), 'held by deployments and quotes'), figure(pha(account.spent), 'spent'))), ledger);
      await paged(ledger, `${path}/entries`, signal, (items) => table('Movements of the available balance, newest first', ['Time', 'Kind', 'Amount', 'Balance', 'Deployment', 'Reference'],
        items.map((e) => [time(e.time), e.kind, pha(e.amount), pha(e.balance), e.deploymentId ? deploymentLink(e.deploymentId) : '', e.reference || ''])));
    } catch (error) {
      signal.aborted || books.replaceChildren(problem(error));
    }
  }

  await load();
}
