// A family's parts, in their order.
const pointId = (family, sweep, point) =>
  `${family.prefix}point-${several.machines ? sweep.machine + '-' : ''}${slug(point.id)}`;
const heading = (level, ...content) => el('h' + level, {}, ...content);
const level = several.families ? 3 : 2;

/** A part of a family; content is null where there is nothing to show, and then the part is not there. */
function part(family, name, title, note, content) {
  const shown = content.filter(Boolean);
  if (!shown.length) return false;
  const section =
    el('section', {class: 'part', id: family.prefix + name, 'data-family': family.name, 'data-title': title},
      heading(level, title), note && el('p', {class: 'note'}, note), shown);
  for (const caption of all('caption', section)) caption.classList.toggle('unseen', caption.textContent === title);
  return section;
}

/** content(sweep) of each sweep, with the machine's name above it where there are several. */
function perSweep(family, content) {
  return family.sweeps.map((sweep) => {
    const shown = content(sweep);
    return shown && (!Array.isArray(shown) || shown.length > 0) &&
      el('div', {'data-m': sweep.machine},
        several.machines && el('h' + (level + 1), {class: 'machine'}, machineName(machineOf(sweep))), shown);
  });
}

const onMachine = (sweep, caption) => caption + (several.machines ? `, machine ${sweep.machine}` : '');

// -- the parts in their order --
const KEY = [['exact', 'exact or safe'], ['cautious', 'cautious'], ['leaky', 'leaky'], ['unsafe', 'unsafe']];

function legend() {
  const glyph = (name, hollow) => {
    const svg = d3.create('svg')
                  .attr('class', 'chart key')
                  .attr('width', 14)
                  .attr('height', 14)
                  .attr('viewBox', '-7 -7 14 14')
                  .attr('aria-hidden', 'true');
    svg.append('g')
      .attr('class', `series class-${name}`)
      .append('g')
      .attr('class', 'pt' + (hollow ? ' hollow' : ''))
      .append('path')
      .attr('d', markPath(name));
    return svg.node();
  };
  return el('span', {class: 'legend'}, KEY.map(([name, words]) => el('span', {}, glyph(name), ' ' + words)),
    el('span', {}, glyph('none'), ' ceiling'), el('span', {}, glyph('exact', true), ' precision not reached'));
}

/** What is said below the heading of a part. */
function notesOf(family) {
  return {
    winners: `Only designs that passed every check and are ${family.ranked_class} are ranked. ` +
      'Several names: this sweep does not tell them apart. ~: the precision asked for was not reached.',
    overview: `Ratios to ${family.baseline}. Blue: faster for sure. Red: slower for sure. Black: no difference that ` +
      'matters. Grey: cannot tell. Bold: the best, or not told apart from it. ~: the precision asked for was not ' +
      'reached. Heads: groups × devices, and threads.',
    storms: 'Time to the last bind, as a ratio: more is faster.',
    throughput: `Both axes are logarithmic. Drawn strong: ${family.baseline}, the ceiling, and the fastest ` +
      `${family.best} designs. Touch a mark, or move the arrow keys in a picture, for the values.`,
    points: [
      'A mark is the median ratio over the rounds, the bar through it its 95% interval. A line beside names joins ' +
        'designs that are not told apart: solid where a difference that matters is ruled out, dotted where it is not. ',
      legend()
    ],
    scaling: 'The Universal Scalability Law is fitted to four or more thread counts. What lies beyond the measured ' +
      'threads is a model, and never ranked.',
    latency: 'The mark is the median; the strokes to its right are the 90th percentile and those behind it.',
    costs: 'Counted from the implementation’s own source, so the same on every machine. rmw: a read-modify-write; ' +
      'line: a cache line that moves between CPUs that take turns; an empty cell: loads and stores of the thread’s ' +
      'own lines.',
    runs: `Select a heading to sort by it. ${family.columns_note} Fairness: Jain’s index over the threads, 1 if all ` +
      'did the same.',
  };
}

function pointFigures(family, sweep) {
  const shown = sweep.points.map((point) => pointFigure(family, sweep, point)).concat(metricFigures(family, sweep));
  return shown.length > 0 && el('div', {class: 'figures'}, shown);
}

function latencyFigures(family, sweep) {
  const shown = latencies(family, sweep);
  if (shown.length) return el('div', {class: 'figures'}, shown);
  const command = `${sweep.command || 'ownbench run'} --latency=1021`;
  return el('p', {}, 'This sweep recorded no latencies: ', el('code', {}, command), ' does.');
}

function familyParts(family) {
  const notes = notesOf(family);
  const each = (content) => perSweep(family, (sweep) => content(family, sweep));
  return [
    part(family, 'winners', 'The fastest under each condition', notes.winners, each(winners)),
    part(family, 'overview', 'Every design under every condition', notes.overview, each(overview)),
    part(family, 'storms', 'Storms on the groups of real machines', notes.storms, each(storms)),
    part(family, 'throughput', 'Along threads, devices and groups', notes.throughput, each(curves)),
    part(family, 'points', 'Each condition', notes.points, each(pointFigures)),
    part(family, 'scaling', 'Scaling, as a model', notes.scaling, each(scaling)),
    part(family, 'latency', 'Latency', notes.latency, each(latencyFigures)),
    part(family, 'costs', 'What an operation costs', notes.costs, each(costs)),
    part(family, 'runs', 'All runs', notes.runs, [runs(family)]),
    part(family, 'classes', 'Which designs are right', null, [meanings(family), ...each(evidence)]),
  ];
}

function familySection(family) {
  const parts = familyParts(family).filter(Boolean);
  if (!several.families) return parts;
  return el('section', {class: 'family', id: family.name, 'data-family': family.name},
    el('h2', {}, `${family.title}: ${family.question}`),
    el('nav', {'aria-label': family.title}, parts.map((one) => el('a', {href: '#' + one.id}, one.dataset.title))),
    parts);
}
