// The page works without this: it adds values under the pointer, sorting, filtering, themes. What is
// shown is in the address behind '#', as in #runs?workload=share&class=exact&sort.runs=-speedup
'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (query, under = document) => Array.from(under.querySelectorAll(query));
  document.documentElement.classList.add('js');

  // -- the address ------------------------------------------------------------------------------
  const read = () => {
    const [place, query = ''] = location.hash.slice(1).split('?');
    return { place, state: new URLSearchParams(query) };
  };
  let { place, state } = read();
  const set = (key, value) => {
    if (value) state.set(key, value);
    else state.delete(key);
    const query = state.toString();
    // Some browsers allow no history to a file; the page still shows what was asked for.
    try { history.replaceState(null, '', '#' + place + (query ? '?' + query : '')); } catch (e) { }
    apply();
  };

  // -- filters ----------------------------------------------------------------------------------
  const filters = ['m', 'family', 'workload', 'class'];
  const wanted = (element) => {
    for (const key of filters) {
      const value = state.get(key);
      if (value && element.dataset[key] !== undefined && element.dataset[key] !== value) return false;
    }
    const words = (state.get('q') || '').toLowerCase().split(/[\s,]+/).filter(Boolean);
    const name = element.dataset.impl;
    return name === undefined || !words.length || words.some((word) => name.toLowerCase().includes(word));
  };
  const unique = (select) => {
    const seen = new Set();
    for (const option of Array.from(select.options)) {
      if (seen.has(option.value)) option.remove();
      seen.add(option.value);
    }
  };
  const apply = () => {
    for (const element of all('[data-m], [data-family], [data-workload], [data-impl]')) {
      if (element.matches('.series')) element.classList.toggle('faint', !wanted(element));
      else element.classList.toggle('off', !wanted(element));
    }
    for (const key of filters.concat('q')) {
      const field = $('f-' + key);
      if (field && document.activeElement !== field) field.value = state.get(key) || '';
    }
    $('clear').hidden = !filters.concat('q').some((key) => state.get(key));
    for (const table of all('table.sortable')) {
      sort(table, state.get('sort.' + table.dataset.name));
      none(table);
    }
  };
  const none = (table) => {
    const rows = Array.from(table.tBodies[0].rows);
    const empty = rows.length > 0 && rows.every((row) => row.classList.contains('off'));
    let note = table.nextElementSibling;
    if (!note || !note.classList.contains('none')) {
      note = document.createElement('p');
      note.className = 'none';
      note.textContent = 'Nothing matches what is asked for above.';
      table.after(note);
    }
    note.hidden = !empty;
  };

  // -- sorting ----------------------------------------------------------------------------------
  const value = (row, column) => {
    let at = 0;
    for (const cell of row.cells) {
      if (at === column) {
        const text = (cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent).trim();
        const number = Number(text);
        return text === '' || cell.colSpan > 1 ? null : Number.isNaN(number) ? text : number;
      }
      at += cell.colSpan;
      if (at > column) return null; // a run that failed has no figures
    }
    return null;
  };
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
  const sort = (table, order) => {
    const down = order ? order.startsWith('-') : false;
    const key = order ? order.replace(/^-/, '') : null;
    const heads = Array.from(table.tHead.rows[0].cells);
    const column = heads.findIndex((head) => head.dataset.key === key);
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    if (table.dataset.sorted === (order || '')) return;
    table.dataset.sorted = order || '';
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    rows.forEach((row, i) => { if (row.dataset.place === undefined) row.dataset.place = i; });
    const first = (a, b) => a.dataset.place - b.dataset.place;
    rows.sort((a, b) => {
      if (column < 0) return first(a, b);
      const x = value(a, column), y = value(b, column);
      if (x === null || y === null) return (x === null) - (y === null) || first(a, b); // always last
      return (down ? compare(y, x) : compare(x, y)) || first(a, b);
    });
    body.append(...rows);
  };
  for (const table of all('table.sortable')) {
    table.dataset.sorted = '';
    for (const head of all('th[data-key]', table)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const key = head.dataset.key, now = state.get('sort.' + table.dataset.name);
        // Figures begin with the largest, words with the first; the third time as it was.
        const steps = head.classList.contains('n') ? ['-' + key, key, ''] : [key, '-' + key, ''];
        set('sort.' + table.dataset.name, steps[(steps.indexOf(now) + 1) % 3]);
      });
    }
  }

  // -- the toolbar ------------------------------------------------------------------------------
  for (const key of filters.concat('q')) {
    const field = $('f-' + key);
    if (!field) continue;
    if (field.tagName === 'SELECT') unique(field);
    field.addEventListener('input', () => set(key, field.value));
  }
  document.querySelector('.toolbar').addEventListener('submit', (event) => event.preventDefault());
  $('clear').addEventListener('click', () => {
    for (const key of filters.concat('q')) state.delete(key);
    set('q', '');
  });

  // A file has no memory in some browsers: then the system's scheme is asked each time.
  const remember = (theme) => { try { localStorage.setItem('ownbench-theme', theme); } catch (e) { } };
  const remembered = () => { try { return localStorage.getItem('ownbench-theme'); } catch (e) { return null; } };
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  };
  const label = () => { $('theme').textContent = dark() ? 'Light' : 'Dark'; };
  const theme = (name) => {
    if (name === 'dark' || name === 'light') document.documentElement.dataset.theme = name;
    label();
  };
  theme(state.get('theme') || remembered());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label);
  $('theme').addEventListener('click', () => {
    const name = dark() ? 'light' : 'dark';
    remember(name);
    if (state.has('theme')) state.set('theme', name);
    theme(name);
  });

  // -- values in the charts ---------------------------------------------------------------------
  const tip = $('tip');
  const texts = new WeakMap();
  let current = null;
  for (const point of all('.pt')) { // the browser's own tooltips go: ours also come by touch and key
    const title = point.querySelector('title');
    texts.set(point, title.textContent);
    title.remove();
  }
  const hide = () => {
    if (!current) return;
    current.classList.remove('at');
    light(current.ownerSVGElement, null);
    current = null;
    tip.hidden = true;
  };
  const light = (chart, series) => {
    chart.classList.toggle('lit', Boolean(series));
    for (const other of all('.series.on', chart)) other.classList.remove('on');
    if (series) series.classList.add('on');
  };
  const show = (point) => {
    if (point === current) return;
    hide();
    current = point;
    point.classList.add('at');
    light(point.ownerSVGElement, point.closest('.series'));
    tip.textContent = texts.get(point);
    tip.hidden = false;
    const at = point.querySelector('use').getBoundingClientRect();
    const left = Math.min(Math.max(8, at.right + 12), innerWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 10;
    tip.style.left = left + 'px';
    tip.style.top = (above < 8 ? at.bottom + 10 : above) + 'px';
  };
  const nearest = (chart, event) => {
    const matrix = chart.getScreenCTM();
    if (!matrix) return null;
    const x = (event.clientX - matrix.e) / matrix.a, y = (event.clientY - matrix.f) / matrix.d;
    let best = null, least = Infinity;
    for (const point of all('.series:not(.faint) .pt', chart)) {
      const dx = x - point.dataset.x, dy = y - point.dataset.y;
      const distance = chart.dataset.rows !== undefined ? Math.abs(dy) + Math.abs(dx) / 1000 : Math.hypot(dx, dy);
      if (distance < least) { least = distance; best = point; }
    }
    return least < 40 ? best : null;
  };
  const step = (chart, key) => {
    const points = all('.series:not(.faint) .pt', chart);
    const rows = all('.series:not(.faint)', chart).filter((series) => series.querySelector('.pt'));
    const at = points.indexOf(current);
    if (at < 0) return points[0];
    if (key === 'ArrowRight' || key === 'ArrowLeft') return points[at + (key === 'ArrowRight' ? 1 : -1)];
    // The series that is next to look at, by its height at the same place.
    const x = current.dataset.x;
    const here = rows.map((series) => all('.pt', series).find((point) => point.dataset.x === x) || series.querySelector('.pt'))
      .sort((a, b) => a.dataset.y - b.dataset.y);
    return here[here.indexOf(current) + (key === 'ArrowDown' ? 1 : -1)];
  };
  for (const chart of all('svg.chart')) {
    chart.addEventListener('pointermove', (event) => {
      const point = nearest(chart, event);
      if (point) show(point);
      else hide();
    });
    chart.addEventListener('pointerdown', (event) => {
      const point = nearest(chart, event);
      if (point) show(point);
    });
    chart.addEventListener('pointerleave', (event) => { if (event.pointerType === 'mouse') hide(); });
    chart.addEventListener('blur', hide);
    chart.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { hide(); return; }
      if (!event.key.startsWith('Arrow')) return;
      event.preventDefault();
      const next = step(chart, event.key);
      if (next) show(next);
    });
  }
  addEventListener('scroll', hide, { passive: true });

  // -- begin ------------------------------------------------------------------------------------
  const go = () => {
    ({ place, state } = read());
    if (state.has('theme')) theme(state.get('theme'));
    apply();
    // With a query behind it the browser does not find the place by itself.
    const there = state.toString() && place ? $(place) : null;
    if (there) there.scrollIntoView({ behavior: 'instant' });
  };
  addEventListener('hashchange', go);
  go();
})();
