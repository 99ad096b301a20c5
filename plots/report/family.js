// The parts of a family's section, and their order.
const pointId = (family, sweep, point) =>
  `${family.prefix}point-${several.machines ? sweep.machine + '-' : ''}${slug(point.id)}`;
const heading = (level, ...content) => el('h' + level, {}, ...content);
const level = several.families ? 3 : 2;

/** Returns a part of a family's section, or false if all of `content` is empty. */
function part(family, name, title, note, content) {
  const shown = content.filter(Boolean);
  if (!shown.length) return false;
  const section =
    el('section', {class: 'part', id: family.prefix + name, 'data-family': family.name, 'data-title': title},
      heading(level, title), note && el('p', {class: 'note'}, note), shown);
  for (const caption of all('caption', section)) caption.classList.toggle('unseen', caption.textContent === title);
  return section;
}

/** Returns content(sweep) for each sweep, below the machine's name if there are several machines. */
function perSweep(family, content) {
  return family.sweeps.map((sweep) => {
    const shown = content(sweep);
    return shown && (!Array.isArray(shown) || shown.length > 0) &&
      el('div', {'data-m': sweep.machine},
        several.machines && el('h' + (level + 1), {class: 'machine'}, machineName(machineOf(sweep))), shown);
  });
}

const onMachine = (sweep, caption) => caption + (several.machines ? `, machine ${sweep.machine}` : '');

// -- notes and order of the parts --
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

/** Returns the notes below the headings of the parts. */
function notesOf(family) {
  return {
    winners: `Only designs that passed every check and are ${family.ranked_class} are ranked. ` +
      'Several names: this sweep does not tell them apart. ~: the requested precision was not reached.',
    overview:
      `Ratios to ${family.baseline}. Blue: significantly faster. Red: significantly slower. Black: no difference ` +
      'that matters. Grey: cannot tell. Bold: the best, or not told apart from it. ~: the requested precision was not ' +
      'reached. Headings: workload, groups × devices, threads, and what is not the default.',
    regret: `Regret: how many times faster the best ${family.best} design is than this one, in the same rounds. ` +
      'The worst and the geometric mean are over all conditions except large groups, and designs that lack some ' +
      'conditions come last. Worst in claims: the regret in granted claims, so that a design gains nothing by refusing them.',
    storms: 'Ratios of the time to the last bind: more is faster.',
    throughput: `Both axes are logarithmic. Bold curves: ${family.baseline}, the ceiling, and the fastest ` +
      `${family.best} designs. Point at a mark, or use the arrow keys in a picture, for the values.`,
    points: [
      'A mark is the median ratio over the rounds; the bar through it is its 95% interval. A line next to the names ' +
        'connects designs that are not told apart: solid if a difference that matters is ruled out, dotted if not. ',
      legend()
    ],
    scaling:
      'The Universal Scalability Law is fitted to four or more thread counts. Beyond the measured threads it is ' +
      'an extrapolation, which is never ranked.',
    latency: 'The mark is the median. The strokes to its right are the 90th and higher percentiles.',
    costs:
      'Counted by running the implementation’s own source in a model, so it is the same on every machine. rmw: a ' +
      'read-modify-write. line: a cache-line transfer, with CPUs taking turns. An empty cell: only loads and stores of ' +
      'the thread’s own lines.',
    runs:
      `Select a heading to sort by it. ${family.columns_note} Fairness: Jain’s index over the threads; 1 means that ` +
      'all did the same work.',
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
    part(family, 'regret', 'How far each design is from the best', notes.regret, each(regrets)),
    part(family, 'storms', 'Storms on the groups of real machines', notes.storms, each(storms)),
    part(family, 'throughput', 'Along threads, devices and groups', notes.throughput, each(curves)),
    part(family, 'points', 'Each condition', notes.points, each(pointFigures)),
    part(family, 'scaling', 'Scaling, as a model', notes.scaling, each(scaling)),
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
