// Shows the view that the address names, and ends what the one before was following.
import { announce, h, problem } from './dom.js';

const VIEWS = [
  [/^\/$/, 'network'],
  [/^\/deployments$/, 'deployments'],
  [/^\/deployments\/([^/]+)$/, 'deployment'],
  [/^\/new$/, 'deploy'],
  [/^\/quotes$/, 'quotes'],
  [/^\/quotes\/([^/]+)$/, 'quote'],
  [/^\/miners$/, 'miners'],
  [/^\/miners\/([^/]+)$/, 'miner'],
  [/^\/rounds$/, 'rounds'],
  [/^\/rounds\/(\d+)$/, 'round'],
  [/^\/settlements$/, 'settlements'],
  [/^\/settlements\/(\d+)$/, 'settlement'],
  [/^\/receipts(?:\/([^/]+))?$/, 'receipts'],
  [/^\/account$/, 'account'],
];

const main = document.getElementById('main');
let running = null;

async function show() {
  const [path, query] = (location.hash.slice(1) || '/').split('?');
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  markCurrent(path);
  const found = VIEWS.map(([pattern, name]) => [pattern.exec(path), name]).find(([match]) => match);
  if (!found) {
    main.replaceChildren(h('h1', {}, 'There is nothing here'), h('p', {}, h('a', { href: '#/' }, 'To the network')));
    return;
  }
  const [match, name] = found;
  const place = h('div');
  main.replaceChildren(place);
  try {
    const view = await import(`./view/${name}.js`);
    await view.show(place, { args: match.slice(1).map((arg) => arg && decodeURIComponent(arg)), query: new URLSearchParams(query), signal });
    if (!signal.aborted) {
      const title = place.querySelector('h1');
      document.title = title ? `${title.textContent} · Phalanx` : 'Phalanx';
      announce(title ? title.textContent : '');
    }
  } catch (error) {
    if (!signal.aborted) {
      place.append(problem(error));
    }
  }
}

function markCurrent(path) {
  for (const link of document.querySelectorAll('nav a')) {
    const to = link.hash.slice(1);
    const isHere = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
    isHere ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
}

window.addEventListener('hashchange', () => {
  show();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
});
show();
