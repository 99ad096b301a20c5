// Access to the data of report.json (results/FORMATS.md). The page computes no figures: it shows the texts of
// report.json.
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

/** Converts a name to a string that can be part of an element's id. */
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

/** Returns the attributes by which the filters show or hide an element. The point and the result are optional. */
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

/**
 * Returns whether a result may be shown as the fastest. This includes a result without the requested precision, which
 * is marked.
 */
const isCandidate = (result) =>
  result.compared && (!result.why_unranked || result.why_unranked === 'precision not reached');

/** Compares two results: '+' a is better, '-' a is worse, '=' a difference of 5% is ruled out, '?' unresolved. */
function toldApart(point, a, b) {
  const compared = point.results.filter((result) => result.compared);
  const row = point.told_apart[compared.indexOf(a)] || '';
  return row[compared.indexOf(b)] || '';
}

const isAlike = (point, a, b) => ['=', '?'].includes(toldApart(point, a, b));

/**
 * Returns the best candidate of a class (of any class if `className` is undefined), followed by the candidates that do
 * not differ significantly from it.
 */
function bestOf(point, className) {
  const candidates =
    point.results.filter((result) => isCandidate(result) && (!className || result.class === className));
  return candidates.filter((result, i) => !i || isAlike(point, candidates[0], result));
}

/**
 * Returns the ranges of consecutive results without a significant difference: [{from, to, equal, lane}..]. `equal` is
 * true if all differences of 5% are ruled out. Ranges may overlap; those in the same lane do not.
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

/** Returns the text of a result's tooltip. */
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
