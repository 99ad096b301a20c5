// The charts of a report. A mark's colour and shape show the class of its design, and the design's name is next to the
// mark. A mark is hollow if the requested precision was not reached.
const ROW = 18;      // height of a row in pixels
const LETTER = 7.2;  // average width of a letter in pixels

// Formats for the numbers that report.json does not have as text: counts, and the ticks of axes.
const si = (value) => d3.format('.3~s')(value).replace(/([a-zA-Zµ])$/, ' $1');
const timesText = (value) => d3.format(value < 1000 ? '.3~g' : ',')(value) + '×';
const TIME_UNITS = [[1e9, 's'], [1e6, 'ms'], [1e3, 'µs']];
const short = d3.format('.3~g');

function nsText(ns) {
  const [scale, unit] = TIME_UNITS.find(([least]) => ns >= least) || [1, 'ns'];
  return `${short(ns / scale)} ${unit}`;
}

const SHAPES = {
  cautious: d3.symbolDiamond,
  leaky: d3.symbolTriangle,
  unsafe: d3.symbolCross
};
const markPath = (name, size = 46) => d3.symbol().type(SHAPES[name] || d3.symbolCircle).size(size)();

/** Returns the finite positive numbers of a list. */
const positive = (values) => values.filter((value) => Number.isFinite(value) && value > 0);

function logScale(values, from, to) {
  const [low, high] = d3.extent(positive(values));
  if (low === undefined) return d3.scaleLog([1, 10], [from, to]);
  const room = Math.max((high / low) ** 0.03, 1.04);
  return d3.scaleLog([low / room, high * room], [from, to]).clamp(true);
}

/**
 * Returns as many ticks as fit at a distance of about `apart` pixels: powers of ten, and multiples of them if there is
 * space.
 */
function logTicks(scale, apart) {
  const [low, high] = scale.domain();
  const room = Math.abs(scale.range()[1] - scale.range()[0]) / apart;
  const steps = (multiples, every = 1) =>
    d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1)
      .filter((exponent) => exponent % every === 0)
      .flatMap((exponent) => multiples.map((multiple) => multiple * 10 ** exponent))
      .filter((tick) => tick >= low && tick <= high);
  const fitting = [
    steps([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]), steps([1, 1.5, 2, 3, 5, 7]), steps([1, 2, 5]), steps([1, 3]),
    steps([1]), steps([1], 2), steps([1], 3)
  ].find((ticks) => ticks.length <= room);
  return fitting && fitting.length ? fitting : [scale.invert((scale.range()[0] + scale.range()[1]) / 2)];
}

const text = (parent, x, y, content, classes) =>
  parent.append('text').attr('x', x).attr('y', y).attr('class', classes).text(content);
const line = (parent, x1, y1, x2, y2, classes) =>
  parent.append('line').attr('x1', x1).attr('y1', y1).attr('x2', x2).attr('y2', y2).attr('class', classes);

function mark(parent, x, y, className, hollow, tip, size) {
  const point = parent.append('g')
                  .attr('class', 'pt' + (hollow ? ' hollow' : ''))
                  .attr('data-x', x.toFixed(1))
                  .attr('data-y', y.toFixed(1))
                  .attr('transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`);
  point.append('path').attr('d', markPath(className, size));
  markTexts.set(point.node(), tip);
  return point;
}

function whisker(parent, scale, measure, y) {
  if (measure.low === null || measure.low === undefined) return;
  line(parent, scale(Math.max(measure.low, scale.domain()[0])), y, scale(measure.high), y, 'whisker');
}

const seriesOf = (svg, row, more = '') =>
  svg.append('g')
    .attr('data-impl', row.name)
    .attr('class',
      `series class-${row.class || 'none'}${row.role === 'ceiling' ? ' ceiling' : ''}${
        row.baseline ? ' baseline' : ''}${more}`);

const clipped = (name, width) =>
  (name.length * LETTER <= width ? name : name.slice(0, Math.max(3, Math.floor(width / LETTER) - 1)) + '…');

function namedRow(series, row, x, y, width) {
  const link = row.href ? series.append('a').attr('href', row.href) : series;
  text(link, x, y + 4, clipped(row.name, width), 'name r');
}

/**
 * Draws a row for each design, in the order of `rows`. A row is {name, href, class, role, baseline, measure, hollow,
 * texts, tip}. `ties` lists ranges of rows without a significant difference, as tiesOf() returns them. Each of `lines`
 * has a `value`, at which a vertical line is drawn. Returns the height of the chart.
 */
function drawRows(svg, width, {rows, ties = [], lines = [], format, axis}) {
  svg.attr('data-rows', '');
  const values =
    rows.flatMap((row) => [row.measure.value, row.measure.low, row.measure.high]).concat(lines.map((at) => at.value));
  const names = Math.min(d3.max(rows, (row) => row.name.length) * LETTER + 4, width * 0.4);
  const gutter = 8 * (d3.max(ties, (tie) => tie.lane + 1) || 0) + 8;
  const columns = [0, 1].map((i) => Math.max(0, d3.max(rows, (row) => (row.texts[i] || '').length) * LETTER + 12));
  if (width < 520) columns[1] = 0;
  const left = names + gutter, right = width - columns[0] - columns[1], top = 24, bottom = top + rows.length * ROW;
  const x = logScale(values, left + 6, right - 6);
  for (const tick of logTicks(x, 46)) {
    line(svg, x(tick), top - 4, x(tick), bottom, 'grid');
    text(svg, x(tick), top - 9, format(tick), 'tick m');
  }
  for (const at of lines.filter((at) => at.value > 0))
    line(svg, x(at.value), top - 4, x(at.value), bottom, 'reference');
  rows.forEach((row, i) => {
    const y = top + (i + 0.5) * ROW, series = seriesOf(svg, row);
    namedRow(series, row, names, y, names);
    whisker(series, x, row.measure, y);
    mark(series, x(row.measure.value), y, row.class, row.hollow, row.tip);
    text(series, right + columns[0] - 4, y + 4, row.texts[0] || '', 'value r');
    if (columns[1]) text(series, width - 2, y + 4, row.texts[1] || '', 'tick r');
  });
  for (const tie of ties) {
    const at = names + 8 + 8 * tie.lane;
    line(svg, at, top + tie.from * ROW + 4, at, top + (tie.to + 1) * ROW - 4,
      'tie-bar' + (tie.equal ? '' : ' unresolved'));
  }
  if (axis) text(svg, (left + right) / 2, bottom + 15, axis, 'tick m');
  return bottom + (axis ? 22 : 4);
}

/**
 * Returns the vertical positions of labels: as close as possible to the wanted ones, between `top` and `bottom`, and at
 * least `apart` pixels apart.
 */
function spread(wanted, apart, top, bottom) {
  const order = d3.range(wanted.length).sort((a, b) => wanted[a] - wanted[b]);
  const heights = [];
  order.forEach((i, n) => {
    heights[i] = Math.max(wanted[i], n ? heights[order[n - 1]] + apart : top);
  });
  for (let n = order.length - 1, limit = bottom; n >= 0; n--, limit -= apart) {
    if (heights[order[n]] <= limit) break;
    heights[order[n]] = limit;
  }
  return heights;
}

/**
 * Draws a curve for each series; both axes are logarithmic. A series is {name, href, class, role, baseline, strong,
 * points: [{at, measure, hollow, tip}], model: [[at, value]..]}. If it has a model, the model is drawn as a dashed
 * curve. The background is grey to the right of `measuredTo`. Returns the height of the chart.
 */
function drawCurves(svg, width, {series, axis, unit, ticks, format, measuredTo}) {
  const height = Math.max(260, series.length * 15 + 60), top = 22, bottom = height - 34;
  const labels = Math.min(d3.max(series, (one) => one.name.length) * LETTER + 22, width * 0.38);
  const left = 46, right = width - labels;
  const ats = series.flatMap((one) => one.points.map((point) => point.at).concat((one.model || []).map(([at]) => at)));
  const x = d3.scaleLog(d3.extent(ats), [left + 8, right - 8]);
  const values = series.flatMap(
    (one) => one.points.map((point) => point.measure.value)
               .concat(one.strong ? one.points.flatMap((point) => [point.measure.low, point.measure.high]) : [],
                 (one.model || []).map(([, value]) => value)));
  const y = logScale(values, bottom - 4, top + 4);
  if (measuredTo && measuredTo < x.domain()[1])
    svg.append('rect')
      .attr('class', 'beyond')
      .attr('x', x(measuredTo))
      .attr('y', top)
      .attr('width', right - x(measuredTo))
      .attr('height', bottom - top);
  for (const tick of logTicks(y, 30)) {
    line(svg, left, y(tick), right, y(tick), 'grid');
    text(svg, left - 5, y(tick) + 4, format(tick), 'tick r');
  }
  for (const tick of ticks) {
    line(svg, x(tick), bottom, x(tick), bottom + 4, 'axis');
    text(svg, x(tick), bottom + 16, d3.format(',')(tick), 'tick m');
  }
  line(svg, left, bottom, right, bottom, 'axis');
  text(svg, (left + right) / 2, height - 4, axis, 'tick m');
  text(svg, 2, 11, unit, 'tick l');
  const path = d3.line().x(([at]) => x(at)).y(([, value]) => y(value)).defined(([, value]) => value > 0);
  const last = (one) => (one.model || one.points.map((point) => [point.at, point.measure.value])).slice(-1)[0];
  const heights = spread(series.map((one) => y(last(one)[1])), 14, top + 4, bottom);
  d3.range(series.length).sort((a, b) => Boolean(series[a].strong) - Boolean(series[b].strong)).forEach((i) => {
    const one = series[i], group = seriesOf(svg, one, one.strong ? ' strong' : '');
    const curve = one.points.map((point) => [point.at, point.measure.value]);
    if (one.model)
      group.append('path').attr('class', 'curve model').attr('d', path(one.model));
    else
      group.append('path').attr('class', 'curve').attr('d', path(curve));
    for (const point of one.points) {
      if (point.measure.low !== null && point.measure.low !== undefined)
        line(group, x(point.at), y(Math.max(point.measure.low, y.domain()[0])), x(point.at), y(point.measure.high),
          'whisker vertical');
      mark(group, x(point.at), y(point.measure.value), one.class, point.hollow, point.tip, 32);
    }
    group.append('path')
      .attr('class', 'leader')
      .attr('d', `M${x(last(one)[0]) + 4},${y(last(one)[1])}L${right + 4},${heights[i]}`);
    text(one.href ? group.append('a').attr('href', one.href) : group, right + 7, heights[i] + 4,
      clipped(one.name, labels - 8), 'name l');
  });
  return height;
}

/**
 * Draws each design's latencies, from the median to the maximum, in a row. A row is {name, href, class, role, baseline,
 * percentiles: [[percentile, ns]..], tip}. Returns the height of the chart.
 */
function drawPercentiles(svg, width, {rows}) {
  svg.attr('data-rows', '');
  const names = Math.min(d3.max(rows, (row) => row.name.length) * LETTER + 4, width * 0.4);
  const left = names + 8, right = width - 8, top = 24, bottom = top + rows.length * ROW;
  const x = logScale(rows.flatMap((row) => row.percentiles.map(([, ns]) => Math.max(ns, 1))), left + 6, right - 6);
  for (const tick of logTicks(x, 52)) {
    line(svg, x(tick), top - 4, x(tick), bottom, 'grid');
    text(svg, x(tick), top - 9, nsText(tick), 'tick m');
  }
  rows.forEach((row, i) => {
    const y = top + (i + 0.5) * ROW, series = seriesOf(svg, row);
    const places = row.percentiles.map(([, ns]) => x(Math.max(ns, 1)));
    namedRow(series, row, names, y, names);
    line(series, d3.min(places), y, d3.max(places), y, 'range');
    places.slice(1).reverse().forEach(
      (place, n) => line(series, place, y - 5 + Math.min(n, 2), place, y + 5 - Math.min(n, 2), 'percentile'));
    mark(series, places[0], y, row.class, false, row.tip);
  });
  return bottom + 4;
}

/**
 * Draws the chart of claim C2. The upper part shows how many times longer a remove takes with a walk than with a count,
 * by group size; the lower part shows the number of real groups of each size. Returns the height of the chart.
 */
function drawWalk(svg, width, curve, tips) {
  const height = 360, left = 48, right = width - 76, top = 22, middle = 240, bottom = 320;
  const known = (points) => points.filter(([at, value]) => at > 0 && value > 0);
  const kinds = ['warm', 'cold'].filter((kind) => curve[kind]).map((kind) => [kind, known(curve[kind])]);
  const groups = curve.real_groups || [];
  const ats = kinds.flatMap(([, points]) => points.map(([at]) => at)).concat(groups.map(([size]) => size));
  const x = d3.scaleLog(d3.extent(ats), [left + 8, right - 8]);
  const y =
    logScale(kinds.flatMap(([, points]) => points.map(([, value]) => value)).concat(curve.limit), middle - 4, top + 4);
  const count = d3.scaleLinear([0, d3.max(groups, ([, nr]) => nr) || 1], [bottom, middle + 22]);
  for (const tick of logTicks(y, 34)) {
    line(svg, left, y(tick), right, y(tick), 'grid');
    text(svg, left - 5, y(tick) + 4, timesText(tick), 'tick r');
  }
  for (const at of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096].filter(
         (size) => size >= x.domain()[0] && size <= x.domain()[1] && (width > 500 || Math.log2(size) % 2 === 0)))
    text(svg, x(at), bottom + 15, at, 'tick m');
  line(svg, left, bottom, right, bottom, 'axis');
  text(svg, (left + right) / 2, height - 4, 'devices per group', 'tick m');
  text(svg, 2, 11, 'walking remove / counting remove', 'tick l');
  text(svg, 2, middle + 16, `real groups${curve.real_machines ? ` of ${curve.real_machines} machines` : ''}`, 'tick l');
  if (curve.limit > 0) {
    line(svg, left, y(curve.limit), right, y(curve.limit), 'reference');
    text(svg, right + 6, y(curve.limit) + 4, 'limit', 'tick l');
  }
  kinds.forEach(([kind, points]) => {
    const series = svg.append('g').attr('class', `series strong walk-${kind}`);
    series.append('path').attr('class', 'curve').attr('d', d3.line()(points.map(([at, value]) => [x(at), y(value)])));
    for (const [at, value, low, high] of points) {
      if (low > 0 && high >= low) line(series, x(at), y(low), x(at), y(high), 'whisker');
      mark(series, x(at), y(value), 'exact', false, tips[kind](at, value, low, high), 32);
    }
    if (points.length) text(series, right + 6, y(points[points.length - 1][1]) + 4, kind, 'name l');
  });
  const bars = svg.append('g').attr('class', 'series bars');
  for (const [size, nr] of groups) {
    line(bars, x(size), bottom, x(size), count(nr), 'bar');
    markTexts.set(bars.append('g').attr('class', 'pt').attr('data-x', x(size)).attr('data-y', count(nr)).node(),
      tips.groups(size, nr));
  }
  return height;
}
