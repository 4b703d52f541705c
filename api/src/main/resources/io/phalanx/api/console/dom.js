// Elements are made here, never from strings of markup: what the service says is text and nothing else.

/** Makes an element: attributes from an object, listeners from on..., children from strings and nodes. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A table with a caption that screen readers announce; rows are arrays of cells. */
export function table(caption, heads, rows) {
  return h('div', { class: 'scroll', role: 'group', 'aria-label': caption, tabindex: 0 }, // reachable by keyboard, since it may scroll
    h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell) => h('td', {}, cell)))))));
}

/** Names and what they are. */
export function facts(pairs) {
  return h('dl', { class: 'facts' },
    pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
      .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

/** One figure, large. */
export function figure(value, name) {
  return h('div', { class: 'figure' }, h('b', {}, String(value)), h('span', {}, name));
}

export function card(title, ...children) {
  return h('section', { class: 'card' }, title ? h('h2', {}, title) : null, children);
}

/** Says it to screen readers. */
export function announce(sentence) {
  document.getElementById('announcer').textContent = sentence;
}

/** What went wrong, in words; every fault of a refused request by its field. */
export function problem(error) {
  const faults = (error.problem && error.problem.errors) || [];
  return h('div', { class: 'notice bad', role: 'alert' },
    h('strong', {}, error.message),
    faults.length ? h('ul', {}, faults.map((fault) => h('li', {}, h('code', {}, fault.pointer), ` ${fault.detail}`))) : null);
}
