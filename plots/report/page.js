// Code that all pages share: elements, the page's address, filters, sortable tables, themes, and tooltips. The address
// stores the page's state after '#', for example #runs?workload=share&class=exact&sort.runs=-speedup
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);

// -- elements: strings are appended as text nodes only, so that no string of the data becomes markup --
const byId = (id) => document.getElementById(id);
const all = (query, under = document) => Array.from(under.querySelectorAll(query));

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Joins items as in "a, b and c". Returns a list of the items with separators between them. */
function listed(items, last = ' and ') {
  return items.flatMap((item, i) => (i === 0 ? [item] : [i === items.length - 1 ? last : ', ', item]));
}

// -- the address --
const address = {
  place: '',
  state: new URLSearchParams()
};

function readAddress() {
  const [place, query = ''] = location.hash.slice(1).split('?');
  address.place = place;
  address.state = new URLSearchParams(query);
}

function setState(changes) {
  for (const [key, value] of Object.entries(changes)) {
    if (value)
      address.state.set(key, value);
    else
      address.state.delete(key);
  }
  const query = address.state.toString();
  // Some browsers forbid replaceState() for local files. The new state then shows, but is not stored.
  try {
    history.replaceState(null, '', '#' + address.place + (query ? '?' + query : ''));
  } catch (e) { /* not an error */
  }
  applyState();
}

// -- filters: an element with an attribute data-KEY is hidden unless its value is the one selected for KEY --
const FILTERS = ['m', 'family', 'workload', 'class'];

function isWanted(element) {
  for (const key of FILTERS) {
    const value = address.state.get(key);
    if (value && element.dataset[key] !== undefined && element.dataset[key] !== value) return false;
  }
  const words = (address.state.get('q') || '').toLowerCase().split(/[\s,]+/).filter(Boolean);
  const name = element.dataset.impl;
  return name === undefined || !words.length || words.some((word) => name.toLowerCase().includes(word));
}

function applyState() {
  for (const element of all('[data-m], [data-family], [data-workload], [data-impl]')) {
    element.classList.toggle(element.matches('.series') ? 'faint' : 'off', !isWanted(element));
  }
  for (const key of FILTERS.concat('q')) {
    const field = byId('f-' + key);
    if (field && document.activeElement !== field) field.value = address.state.get(key) || '';
  }
  if (byId('clear')) byId('clear').hidden = !FILTERS.concat('q').some((key) => address.state.get(key));
  for (const sorted of all('table.sortable')) {
    sortTable(sorted, address.state.get('sort.' + sorted.dataset.name));
    const rows = Array.from(sorted.tBodies[0].rows);
    sorted.nextElementSibling.hidden = !rows.length || rows.some((row) => !row.classList.contains('off'));
  }
  drawFigures();
}

/** Returns the form that sets the filters. `choices` is [[key, label, [[value, text]..]]..]. */
function toolbar(choices) {
  const fields = choices.filter(([, , values]) => values.length > 1)
                   .map(([key, label, values]) => el('label', {}, label + ' ',
                          el('select', {id: 'f-' + key}, el('option', {value: ''}, 'all'),
                            values.map(([value, text]) => el('option', {value}, text)))));
  const form = el('form', {class: 'toolbar', 'aria-label': 'What is shown'}, fields,
    el('label', {}, 'Design ',
      el('input', {id: 'f-q', type: 'search', placeholder: 'mutex, rcu', autocomplete: 'off', spellcheck: 'false'})),
    el('button', {type: 'button', id: 'clear', hidden: ''}, 'Show all'),
    el('button', {type: 'button', id: 'theme'}, 'Dark'));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', (event) => setState({[event.target.id.slice(2)]: event.target.value}));
  form.querySelector('#clear').addEventListener(
    'click', () => setState(Object.fromEntries(FILTERS.concat('q').map((key) => [key, '']))));
  return form;
}

// -- tables --
const classes = (column, cell) => [column.number && 'n', column.class, cell.class].filter(Boolean).join(' ') || null;

/**
 * Returns a table. A column is {key, heading, number, class, cell(row)}. cell(row) returns null, a string, an element,
 * or {content, value, title, class, span}. `value` is the cell's sort key. The first column has the rows' headings.
 */
function table(name, caption, columns, rows, rowAttributes = () => ({}), sortable = true) {
  const heads = columns.map((column) => {
    const head =
      el('th', {scope: 'col', 'data-key': sortable && column.key, class: classes(column, {}), title: column.title},
        sortable ? el('button', {type: 'button'}, column.heading) : column.heading);
    if (sortable) head.firstChild.addEventListener('click', () => nextOrder(name, column));
    return head;
  });
  const body = rows.map((row) => {
    const cells = [];
    for (let i = 0; i < columns.length; i++) {
      let cell = columns[i].cell(row);
      if (cell === null || cell === undefined) cell = '-';
      if (typeof cell !== 'object' || cell instanceof Node || Array.isArray(cell)) cell = {content: cell};
      cells.push(el(i ? 'td' : 'th', {
        scope: i ? null : 'row',
        class: classes(columns[i], cell),
        'data-v': cell.value,
        title: cell.title,
        colspan: cell.span
      },
        cell.content));
      i += (cell.span || 1) - 1;
    }
    return el('tr', rowAttributes(row), cells);
  });
  const element = el('table', {class: sortable ? 'sortable' : null, 'data-name': name}, el('caption', {}, caption),
    el('thead', {}, el('tr', {}, heads)), el('tbody', {}, body));
  body.forEach((row, i) => {
    row.dataset.place = i;
  });
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption}, element,
    sortable && el('p', {class: 'none', hidden: ''}, 'No row matches the filters above.'));
}

function nextOrder(name, column) {
  // The first click sorts numbers in descending and words in ascending order, the second reverses the order, and the
  // third restores the original one.
  const steps = column.number ? ['-' + column.key, column.key, ''] : [column.key, '-' + column.key, ''];
  setState({['sort.' + name]: steps[(steps.indexOf(address.state.get('sort.' + name) || '') + 1) % 3]});
}

function sortKey(row, column) {
  let at = 0;
  for (const cell of row.cells) {
    if (at === column) {
      const text = (cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent).trim();
      const number = Number(text);
      return text === '' || text === '-' || cell.colSpan > 1 ? null : Number.isNaN(number) ? text : number;
    }
    at += cell.colSpan;
  }
  return null;  // a failed run's row has fewer cells
}

function sortTable(sorted, order) {
  const down = Boolean(order) && order.startsWith('-');
  const heads = Array.from(sorted.tHead.rows[0].cells);
  const column = heads.findIndex((head) => head.dataset.key === (order || '').replace(/^-/, ''));
  heads.forEach((head, i) => {
    if (i === column)
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    else
      head.removeAttribute('aria-sort');
  });
  if ((sorted.dataset.sorted || '') === (order || '')) return;
  sorted.dataset.sorted = order || '';
  const first = (a, b) => a.dataset.place - b.dataset.place;
  const compare = (a, b) => (
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', {numeric: true}));
  const rows = Array.from(sorted.tBodies[0].rows).map((row) => [row, column < 0 ? null : sortKey(row, column)]);
  rows.sort(([a, x], [b, y]) => {
    if (x === null || y === null)
      return (x === null) - (y === null) || first(a, b);  // rows without a value come last in both orders
    return (down ? compare(y, x) : compare(x, y)) || first(a, b);
  });
  sorted.tBodies[0].append(...rows.map(([row]) => row));
}

// -- themes --
// Some browsers deny local storage to local files. The page then always starts with the system's colour scheme.
const rememberTheme = (theme) => {
  try {
    localStorage.setItem('ownbench-theme', theme);
  } catch (e) { /* not an error */
  }
};
const rememberedTheme = () => {
  try {
    return localStorage.getItem('ownbench-theme');
  } catch (e) {
    return null;
  }
};

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function setTheme(name) {
  if (name === 'dark' || name === 'light') document.documentElement.dataset.theme = name;
  byId('theme').textContent = isDark() ? 'Light' : 'Dark';
}

function startThemes() {
  setTheme(address.state.get('theme') || rememberedTheme());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTheme());
  byId('theme').addEventListener('click', () => {
    const name = isDark() ? 'light' : 'dark';
    rememberTheme(name);
    if (address.state.has('theme')) address.state.set('theme', name);
    setTheme(name);
  });
}

// -- figures: drawn for their current width, and redrawn when it changes --
const figures = [];

/**
 * Returns a figure. Its picture is drawn by draw(svg, width), which returns the height. `label` describes the picture
 * to screen readers.
 */
function figure(attributes, caption, label, draw, after = null) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const place = el('div', {class: 'picture'}, svg);
  for (const [name, value] of Object.entries({class: 'chart', role: 'img', 'aria-label': label, tabindex: 0}))
    svg.setAttribute(name, value);
  watchValues(svg);
  figures.push({svg, place, draw, width: 0});
  return el('figure', attributes, caption && el('figcaption', {}, caption), place, after);
}

function drawFigures(printed = 0) {
  for (const figureOf of figures) {
    const width = printed / (figureOf.place.closest('.answers') ? 2 : 1) || figureOf.place.clientWidth;
    if (!width || width === figureOf.width) continue;
    figureOf.width = width;
    const svg = d3.select(figureOf.svg);
    svg.selectAll('*').remove();
    const height = figureOf.draw(svg, width);
    svg.attr('viewBox', `0 0 ${width} ${height}`).attr('width', width).attr('height', height);
    for (const element of all('[data-impl]', figureOf.svg)) element.classList.toggle('faint', !isWanted(element));
  }
}

// -- tooltips in the figures, for pointers, touch and arrow keys --
// A mark is an element of class pt that has data-x and data-y. This map has the tooltip of each mark.
const markTexts = new WeakMap();
let currentMark = null;

function hideValue() {
  if (!currentMark) return;
  currentMark.classList.remove('at');
  lightSeries(currentMark.ownerSVGElement, null);
  currentMark = null;
  byId('tip').hidden = true;
}

function lightSeries(svg, series) {
  if (!svg) return;
  svg.classList.toggle('lit', Boolean(series));
  for (const other of all('.series.on', svg)) other.classList.remove('on');
  if (series) series.classList.add('on');
}

function showValue(mark) {
  if (mark === currentMark) return;
  hideValue();
  currentMark = mark;
  const tip = byId('tip');
  mark.classList.add('at');
  lightSeries(mark.ownerSVGElement, mark.closest('.series'));
  tip.textContent = markTexts.get(mark);
  tip.hidden = false;
  const at = mark.getBoundingClientRect();
  const above = at.top - tip.offsetHeight - 10;
  tip.style.left = Math.max(8, Math.min(at.right + 12, innerWidth - tip.offsetWidth - 8)) + 'px';
  tip.style.top = (above < 8 ? at.bottom + 10 : above) + 'px';
}

function nearestMark(svg, event) {
  const matrix = svg.getScreenCTM();
  if (!matrix) return null;
  const x = (event.clientX - matrix.e) / matrix.a, y = (event.clientY - matrix.f) / matrix.d;
  let best = null, least = 40;
  for (const mark of all('.series:not(.faint) .pt', svg)) {
    const dx = x - mark.dataset.x, dy = y - mark.dataset.y;
    const distance = svg.dataset.rows !== undefined ? Math.abs(dy) + Math.abs(dx) / 1000 : Math.hypot(dx, dy);
    if (distance < least) {
      least = distance;
      best = mark;
    }
  }
  return best;
}

function nextMark(svg, key) {
  const marks = all('.series:not(.faint) .pt', svg);
  const at = marks.indexOf(currentMark);
  if (at < 0) return marks[0];
  if (key === 'ArrowRight' || key === 'ArrowLeft') return marks[at + (key === 'ArrowRight' ? 1 : -1)];
  // The up and down keys move to the next series in that direction, at the same position on the x axis.
  const x = currentMark.dataset.x;
  const here = all('.series:not(.faint)', svg)
                 .filter((series) => series.querySelector('.pt'))
                 .map((series) => (series.contains(currentMark)
                          ? currentMark
                          : all('.pt', series).find((mark) => mark.dataset.x === x) || series.querySelector('.pt')))
                 .sort((a, b) => a.dataset.y - b.dataset.y);
  return here[here.indexOf(currentMark) + (key === 'ArrowDown' ? 1 : -1)];
}

function watchValues(svg) {
  const point = (event) => {
    const mark = nearestMark(svg, event);
    if (mark)
      showValue(mark);
    else
      hideValue();
  };
  svg.addEventListener('pointermove', point);
  svg.addEventListener('pointerdown', point);
  svg.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse') hideValue();
  });
  svg.addEventListener('blur', hideValue);
  svg.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hideValue();
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const next = nextMark(svg, event.key);
    if (next) showValue(next);
  });
}

/** Returns the header of a page with one picture: title, text, key to the boxes (of class PREFIX-KIND), and buttons. */
function pictureHeader(title, words, prefix, kinds, buttons = []) {
  const key = kinds.map((kind) => el('span', {class: `kind ${prefix}-${kind}`}, kind));
  document.title = `ownbench: ${data.title}`;
  return el('header', {}, el('h1', {}, title), el('p', {class: 'where'}, words, ' ', key),
    el('p', {class: 'toolbar'}, buttons, el('button', {type: 'button', id: 'theme'}, 'Dark')));
}

// -- startup --
function goToAddress() {
  readAddress();
  if (address.state.has('theme')) setTheme(address.state.get('theme'));
  applyState();
  const there = address.place && byId(address.place);
  if (!there) return;
  for (let up = there; up; up = up.parentElement)
    if (up.tagName === 'DETAILS') up.open = true;
  there.scrollIntoView({behavior: 'instant'});
}

/** Must be called once, when the page has all its elements. */
function startPage() {
  readAddress();
  startThemes();
  goToAddress();
  addEventListener('hashchange', goToAddress);
  addEventListener('scroll', hideValue, {passive: true});
  addEventListener('resize', () => {
    hideValue();
    drawFigures();
  });
  addEventListener('beforeprint', () => drawFigures(900));  // two pictures of this width fit on a printed page
  addEventListener('afterprint', () => drawFigures());
}
