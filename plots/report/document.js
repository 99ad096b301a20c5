// Looks things up in the document, report.json (results/FORMATS.md). Nothing is computed from its numbers: the page
// shows the texts that the document has.
const families = data.families.map((family) => ({
  ...family,
  prefix: family.name === 'ownership' ? '' : family.name + '-',
  sweeps: data.sweeps.filter((sweep) => sweep.family === family.name),
  best: family.classes[0].class,
  design: new Map(family.implementations.map((design) => [design.name, design]))
}));
const several = {
  families: families.length > 1,
  machines: data.machines.length > 1
};
const machineOf = (sweep) => data.machines.find((machine) => machine.id === sweep.machine) || {};
const machineName = (machine) => (several.machines ? `${machine.id}. ` : '') + (machine.name || 'an unknown machine');
const sweepsWith = (key) => data.sweeps.filter((sweep) => sweep[key]);

/** Makes text usable as part of an element's id. */
const slug = (name) => name.replace(/[^A-Za-z0-9_]+/g, '-').replace(/-$/, '');
const designId = (family, name) => `impl-${family.prefix}${slug(name)}`;

function designLink(family, name) {
  return family.design.has(name) ? el('a', {class: 'impl', href: '#' + designId(family, name)}, name) : name;
}

const badge = (name) => el('span', {class: `badge class-${name}`}, name);
const intervalText = (measure) => (measure && measure.interval ? `interval ${measure.interval}` : '');
const failed = (result) => Boolean(result.failure) || !result.value;
const isOpen = (result) => result.reached === false;
const isBaseline = (point, result) => result.implementation === point.baseline;

/** Returns the attributes that the filters test, for an element that shows a point or result of a sweep. */
function filteredBy(sweep, point, result, family) {
  const design = result && family.design.get(result.implementation);
  return {
    'data-m': sweep.machine,
    'data-family': sweep.family,
    'data-workload': point && point.workload,
    'data-impl': result && result.implementation,
    'data-class': result && (result.class || (design && design.class))
  };
}

/** Returns whether a result may be named as the fastest. One that missed the precision may be, with a mark. */
const isCandidate = (result) =>
  result.compared && (!result.why_unranked || result.why_unranked === 'precision not reached');

/** Returns how result a compares with b: '+' better, '-' worse, '=' no difference that matters, '?' not resolved. */
function toldApart(point, a, b) {
  const compared = point.results.filter((result) => result.compared);
  const row = point.told_apart[compared.indexOf(a)] || '';
  return row[compared.indexOf(b)] || '';
}

const isAlike = (point, a, b) => ['=', '?'].includes(toldApart(point, a, b));

/** Returns the best candidate of a class, or of any class, followed by those that are not told apart from it. */
function bestOf(point, className) {
  const candidates =
    point.results.filter((result) => isCandidate(result) && (!className || result.class === className));
  return candidates.filter((result, i) => !i || isAlike(point, candidates[0], result));
}

/**
 * Returns the groups of neighbouring results that are not told apart, {from, to, equal, lane}. Groups may overlap; each
 * is drawn in the first lane that is free.
 */
function tiesOf(point, rows) {
  const ties = [];
  const same = (i, j) => isAlike(point, rows[i], rows[j]);
  for (let from = 0, reached = 0; from < rows.length; from++) {
    let to = from;
    while (to + 1 < rows.length && d3.range(from, to + 1).every((i) => same(i, to + 1))) to++;
    if (to > from && to > reached) {
      const pairs =
        d3.range(from, to).flatMap((i) => d3.range(i + 1, to + 1).map((j) => toldApart(point, rows[i], rows[j])));
      ties.push({from, to, equal: pairs.every((told) => told === '=')});
    }
    reached = Math.max(reached, to);
  }
  const ends = [];
  for (const tie of ties) {
    tie.lane = ends.findIndex((end) => end < tie.from);
    if (tie.lane < 0) tie.lane = ends.length;
    ends[tie.lane] = tie.to;
  }
  return ties;
}

/** Returns the lines of text about a result. */
function resultTip(point, result) {
  if (failed(result)) return `${result.implementation}\nfailed: ${result.failure}`;
  return [
    `${result.implementation}, ${result.class}${result.class_is === 'declared' ? ' (declared)' : ''}`,
    `${result.value.text} ${point.unit}${result.value.interval ? `, interval ${result.value.interval}` : ''}`,
    result.to_baseline &&
      `${result.to_baseline.text} ${point.baseline}${
        result.to_baseline.interval ? `, 95% interval ${result.to_baseline.interval}` : ''}`,
    result.to_ceiling && `${result.to_ceiling.text} the ceiling`,
    result.against_baseline && result.against_baseline.text,
    isOpen(result) && 'the requested precision was not reached',
    result.why_unranked && `not ranked: ${result.why_unranked}`
  ].filter(Boolean)
    .join('\n');
}

const pointTitle = (point) => `${point.workload}${point.topology ? ` on ${point.topology}` : ''}`;
const pointLine = (point) => `${point.place}, ${point.conditions}`;
