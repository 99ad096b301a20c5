// The subsections of a family's section of the report, and their order.
const pointId = (family, sweep, point) =>
  `${family.prefix}point-${several.machines ? sweep.machine + '-' : ''}${slug(point.id)}`;
const heading = (level, ...content) => el('h' + level, {}, ...content);
const level = several.families ? 3 : 2;

/** Returns a subsection of a family's section, or false if `content` is empty. */
function part(family, name, title, note, content) {
  const shown = content.filter(Boolean);
  if (!shown.length) return false;
  const section =
    el('section', {class: 'part', id: family.prefix + name, 'data-family': family.name, 'data-title': title},
      heading(level, title), note && el('p', {class: 'note'}, note), shown);
  for (const caption of all('caption', section)) caption.classList.toggle('unseen', caption.textContent === title);
  return section;
}

/** Returns content(sweep) for each sweep. With several machines, the machine's name is the heading of each. */
function perSweep(family, content) {
  return family.sweeps.map((sweep) => {
    const shown = content(sweep);
    return shown && (!Array.isArray(shown) || shown.length > 0) &&
      el('div', {'data-m': sweep.machine},
        several.machines && el('h' + (level + 1), {class: 'machine'}, machineName(machineOf(sweep))), shown);
  });
}

const onMachine = (sweep, caption) => caption + (several.machines ? `, machine ${sweep.machine}` : '');

// -- explanations and order of the subsections --
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

/** Returns the explanations that are shown below the headings of the subsections. */
function notesOf(family) {
  return {
    winners: `Only designs that passed every check and are ${family.ranked_class} are ranked. ` +
      'Several names: their differences are not significant. ~: the requested precision was not reached.',
    overview:
      `Ratios to ${family.baseline}. Blue: significantly faster. Red: significantly slower. Black: a difference ` +
      'of 5% is ruled out. Grey: unresolved. Bold: the best, or not significantly different from it. ~: the requested ' +
      'precision was not reached. Headings: workload, groups × devices, threads, and non-default parameters.',
    regret: `Regret: how many times as fast as this design the best ${family.best} design is, in the same rounds. ` +
      'Worst and geometric mean are over all conditions except large groups. Designs that were not measured under ' +
      'all conditions come last. Worst in claims: the regret in the rate of granted claims, which a design cannot ' +
      'lower by refusing claims.',
    storms: 'Ratios of the times to the last bind. A larger ratio is faster.',
    throughput: `Both axes are logarithmic. Bold curves: ${family.baseline}, the ceiling, and the fastest ` +
      `${family.best} designs. To see values, point at a mark, or use the arrow keys in a picture.`,
    points: [
      'A mark is the median ratio over the rounds; the bar through it is its 95% interval. A line next to the names ' +
        'connects designs without a significant difference: solid if a difference of 5% is ruled out, dotted if not. ',
      legend()
    ],
    scaling:
      'The Universal Scalability Law is fitted to four or more thread counts. Beyond the measured thread counts, the ' +
      'curve is an extrapolation; extrapolated values are never ranked.',
    latency: 'The mark is the median. The strokes to its right are the 90th and higher percentiles.',
    costs: 'Counts come from running the design’s own source in a model, so they are the same on every machine. rmw: ' +
      'read-modify-write. line: cache-line transfer between CPUs that take turns. Empty cell: only loads and stores of ' +
      'cache lines that the CPU already has.',
    runs: `${family.columns_note} Fairness: Jain’s index over the threads; 1 means that all threads did the same ` +
      'work. Select a heading to sort by it.',
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
  return el('p', {}, 'This sweep recorded no latencies. To record them: ', el('code', {}, command));
}

function familyParts(family) {
  const notes = notesOf(family);
  const each = (content) => perSweep(family, (sweep) => content(family, sweep));
  return [
    part(family, 'winners', 'The fastest under each condition', notes.winners, each(winners)),
    part(family, 'overview', 'Every design under every condition', notes.overview, each(overview)),
    part(family, 'regret', 'How far each design is from the best', notes.regret, each(regrets)),
    part(family, 'storms', 'Storms on the groups of real machines', notes.storms, each(storms)),
    part(family, 'throughput', 'By number of threads, devices and groups', notes.throughput, each(curves)),
    part(family, 'points', 'Each condition', notes.points, each(pointFigures)),
    part(family, 'scaling', 'Scaling model', notes.scaling, each(scaling)),
    part(family, 'latency', 'Latency', notes.latency, each(latencyFigures)),
    part(family, 'costs', 'What an operation costs', notes.costs, each(costs)),
    part(family, 'runs', 'All runs', notes.runs, [runs(family)]),
    part(family, 'classes', 'Which designs are correct', null, [meanings(family), ...each(evidence)]),
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
