// Talks to the API of the node that served this page. The key stays in this tab's session storage and goes into a header, never into a URL.

const KEY = 'phalanx-key';
const DEVELOPER = 'phalanx-developer';

export const caller = {
  get key() { return sessionStorage.getItem(KEY) || ''; },
  get developer() { return sessionStorage.getItem(DEVELOPER) || ''; },
  set(key, developer) {
    key ? sessionStorage.setItem(KEY, key) : sessionStorage.removeItem(KEY);
    developer ? sessionStorage.setItem(DEVELOPER, developer) : sessionStorage.removeItem(DEVELOPER);
  },
};

/** A request that the service refused, or that never reached it. */
export class Refused extends Error {
  constructor(sentence, status, body) {
    super(sentence);
    this.status = status;
    this.problem = body;
  }
}

function headers(more) {
  const all = { ...more };
  if (caller.key) {
    all.Authorization = `Bearer ${caller.key}`;
  } else if (caller.developer) {
    all['X-Developer'] = caller.developer;
  }
  return all;
}

async function call(method, path, body, more, signal) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: headers({ ...(body === undefined ? {} : { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }), ...more }),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Refused('The node cannot be reached.', 0, null);
  }
  showPosition(response);
  const text = await response.text();
  const json = text && (response.headers.get('Content-Type') || '').includes('json') ? JSON.parse(text) : null;
  if (!response.ok) {
    throw new Refused((json && (json.detail || json.title)) || `The node answered ${response.status}.`, response.status, json);
  }
  return json;
}

function showPosition(response) {
  const position = response.headers.get('Journal-Position');
  const epoch = response.headers.get('Leader-Epoch');
  const place = document.getElementById('position');
  if (position && place) {
    place.textContent = `position ${position}, epoch ${epoch}`;
  }
}

export const get = (path, signal) => call('GET', path, undefined, {}, signal);
export const post = (path, body, signal) => call('POST', path, body, {}, signal);
export const patch = (path, body) => call('PATCH', path, body, {});
export const remove = (path) => call('DELETE', path, undefined, {});

let lastSent = { text: '', key: '' };

/** The key of a request that creates: the same as long as the same is sent, so that a second click or a broken connection creates nothing twice. */
export function keyFor(path, body) {
  const text = `${path} ${JSON.stringify(body)}`;
  if (lastSent.text !== text) {
    lastSent = { text, key: crypto.randomUUID() };
  }
  return lastSent.key;
}

/** Another request is meant from now on, though it may say the same. */
export function newKey() {
  lastSent = { text: '', key: '' };
}

/** A POST that is done once, however often it is sent. */
export const create = (path, body, key) => call('POST', path, body, { 'Idempotency-Key': key });

/** All items of a list, up to a number of pages of 1,000; says whether there are more. */
export async function all(path, pages, signal) {
  const items = [];
  let after = null;
  for (let page = 0; page < pages; page++) {
    const next = await get(`${path}${path.includes('?') ? '&' : '?'}limit=1000${after ? `&after=${encodeURIComponent(after)}` : ''}`, signal);
    items.push(...next.items);
    after = next.next;
    if (!after) {
      return { items, more: false };
    }
  }
  return { items, more: true };
}

/**
 * Follows a stream until the signal; goes on after the last event that was seen when the connection breaks. What was missed because that was too long
 * ago is no event any more: then the view is told to read again what it shows.
 */
export async function follow(path, onEvent, signal, onMissed = () => {}) {
  let last = null;
  let pauseMs = 500;
  while (!signal.aborted) {
    try {
      const response = await fetch(path, { headers: headers({ Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) }), signal });
      if (!response.ok) {
        if (response.status === 410) {
          last = null;
          onMissed();
        } else if (response.status < 500 && response.status !== 429) {
          return;
        }
      } else {
        pauseMs = 500;
        for await (const event of events(response.body)) {
          last = event.id || last;
          if (event.data) {
            onEvent(event.event, JSON.parse(event.data));
          }
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
    }
    await new Promise((done) => setTimeout(done, pauseMs));
    pauseMs = Math.min(10_000, pauseMs * 2);
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    rest += value;
    let end;
    while ((end = rest.indexOf('\n\n')) >= 0) {
      yield parsed(rest.slice(0, end));
      rest = rest.slice(end + 2);
    }
  }
}

function parsed(block) {
  const event = { id: '', event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      event[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
    }
  }
  return event;
}
