// The other sections of a report: claims, designs, machines, and how to reproduce it. Also the order of all sections.
function walkFigure(claim) {
  const range = (low, high) => (low > 0 && high >= low ? `, 95% interval ${timesText(low)} to ${timesText(high)}` : '');
  const devices = (nr) => `${nr} device${nr === 1 ? '' : 's'}`;
  const walk = (kind) => (at, value, low, high) =>
    `${devices(at)}, ${kind} caches\n${timesText(value)}${range(low, high)}`;
  const groups = (size, nr) => `${nr} real group${nr === 1 ? '' : 's'} of ${devices(size)}`;
  const described = ['warm', 'cold']
                      .map((kind) => `${kind} caches: ${
                             (claim.curve[kind] || [])
                               .filter(([, value]) => value > 0)
                               .map(([at, value]) => `${timesText(value)} of ${at}`)
                               .join(', ')}`)
                      .join('; ');
  return figure({class: 'wide'},
    'How many times longer a remove takes with a walk than with a count, by group size; below: real groups of each size',
    `${described}. Real groups: ${(claim.curve.real_groups || []).map(([size, nr]) => groups(size, nr)).join(', ')}.`,
    (svg, width) => drawWalk(svg, width, claim.curve, {warm: walk('warm'), cold: walk('cold'), groups}));
}

function claimArticle(claim) {
  const rows = [
    ['Boundary', claim.boundary], ['Figures', claim.figure],
    [
      'In short',
      claim.value &&
        `${claim.value.text}${claim.value.interval ? ` (95% interval ${claim.value.interval})` : ''} ${
          claim.unit || ''}`
    ],
    ['Rule', claim.rule], ['Source', claim.where], ['Not run', claim.error]
  ].filter(([, content]) => content);
  return el('article', {class: 'claim', id: `claim-${claim.id}`},
    el('h3', {}, el('a', {class: 'anchor', href: `#claim-${claim.id}`}, claim.id), ' ', claim.claim, ' ',
      el('span', {class: `badge ${verdictClass(claim)}`},
        claim.verdict === 'boundary' ? 'true up to a boundary' : claim.verdict)),
    el('dl', {}, rows.map(([name, content]) => [el('dt', {}, name), el('dd', {}, content)]),
      claim.command && [el('dt', {}, 'Command'), el('dd', {}, el('code', {}, claim.command))]),
    claim.curve && walkFigure(claim),
    claim.report && el('details', {}, el('summary', {}, 'Full report'), el('pre', {tabindex: '0'}, claim.report)));
}

function claimsSection() {
  const sweeps = sweepsWith('claims');
  const missing = data.sweeps.find((sweep) => sweep.family === 'ownership') || data.sweeps[0];
  return el('section', {id: 'claims'}, heading(2, 'The debate’s claims'),
    sweeps.length ? sweeps.map((sweep) => el('div', {'data-m': sweep.machine},
                                 several.machines && el('h3', {class: 'machine'}, machineName(machineOf(sweep))),
                                 sweep.claims.map(claimArticle)))
                  : el('p', {}, `No claims.json in ${missing ? missing.dir : 'the sweep'}: `,
                      el('code', {}, `ownbench claims --json > ${missing ? missing.dir : 'DIR'}/claims.json`),
                      ' tests the claims on this machine.'));
}

function sourceLink(design) {
  if (!design.file) return null;
  return /^https?:\/\//.test(data.source_url || '')
    ? el('a', {href: data.source_url.replace(/\/?$/, '/') + design.file}, design.file)
    : el('code', {}, design.file);
}

/** Returns all results of a design: [{sweep, point, result}..]. */
function resultsOf(family, name) {
  const ofPoint = (sweep) => (point) =>
    point.results.filter((result) => result.implementation === name).map((result) => ({sweep, point, result}));
  return family.sweeps.flatMap((sweep) => sweep.points.flatMap(ofPoint(sweep)));
}

function designArticle(family, design) {
  const found = resultsOf(family, design.name);
  const verified = family.sweeps.flatMap(
    (sweep) => ((sweep.verify || {}).implementations || []).filter((one) => one.name === design.name))[0];
  const faults = verified ? verified.checkers.filter((checker) => checker.fault) : [];
  const first = (found[0] || {}).result || {};
  const rows = [
    [
      'Class',
      [
        badge(first.class || design.class),
        ` ${first.class_is || 'declared'}${
          design.class && first.class && design.class !== first.class ? `, but it declares ${design.class}` : ''}`,
        first.contradicts && el('span', {class: 'failure'}, ' contradicts what it declares')
      ]
    ],
    faults.length > 0 && ['Found', faults.map((checker) => el('div', {}, `${checker.checker}: ${checker.fault}`))],
    design.progress && ['Progress', design.progress], design.source && ['From', design.source],
    design.state_bytes &&
      ['State', Object.entries(design.state_bytes).map(([what, bytes]) => `${bytes} bytes per ${what}`).join(', ')],
    ['Source', sourceLink(design)]
  ].filter((row) => row && row[1]);
  const ratios = found.filter(({result}) => !failed(result) && result.to_baseline);
  return el('article', {
    id: designId(family, design.name),
    'data-family': family.name,
    'data-impl': design.name,
    'data-class': first.class || design.class
  },
    el('h3', {}, el('a', {class: 'anchor', href: '#' + designId(family, design.name)}, design.name), ' ',
      el('span', {}, design.summary)),
    el('dl', {}, rows.map(([name, content]) => [el('dt', {}, name), el('dd', {}, content)])),
    ratios.length > 0 &&
      el('p', {class: 'ratios'}, `× ${family.baseline}: `,
        ratios.map(({sweep, point, result}, i) => [i ? ' · ' : '',
                     el('a', {
                       href: '#' + pointId(family, sweep, point),
                       title: `${pointLine(point)}\n${resultTip(point, result)}`,
                       'data-m': sweep.machine
                     },
                       `${pointTitle(point)} ${result.to_baseline.text}`)])));
}

function designsSection() {
  const parts = families.map((family) => {
    const articles = family.implementations.map((design) => designArticle(family, design));
    return el('div', {id: `${family.name}-implementations`, 'data-family': family.name},
      several.families && heading(3, family.title), articles);
  });
  return el('section', {id: 'implementations'}, heading(2, 'The designs'), parts);
}

function machinePart(machine) {
  const warnings = machine.warnings.map(
    (warning) => el('li', {}, el('b', {}, warning.what), ' ', el('span', {class: 'remedy'}, warning.remedy)));
  return el('div', {'data-m': machine.id}, el('h3', {class: 'machine'}, machineName(machine)),
    warnings.length > 0 && el('ul', {class: 'warnings'}, warnings),
    machine.environment_text && el('pre', {class: 'env', tabindex: '0'}, machine.environment_text),
    !machine.environment_text && el('p', {}, 'The sweep has no environment.json.'));
}

function machineSection() {
  return el('section', {id: 'environment'}, heading(2, several.machines ? 'The machines' : 'The machine'),
    data.machines.map(machinePart));
}

function reproduceSection() {
  return el('section', {id: 'reproduce'}, heading(2, 'How to reproduce'),
    el('p', {}, 'Run these commands in ownbench’s source directory, on Debian 12. ', el('code', {}, 'bench/run'),
      ' installs missing packages and builds the program.'),
    data.sweeps.map((sweep) => el('div', {'data-m': sweep.machine, 'data-family': sweep.family},
                      sweep.command && el('pre', {tabindex: '0'}, sweep.command),
                      sweep.settings &&
                        el('p', {class: 'note'},
                          `${sweep.dir}: seed ${sweep.settings.seed}${
                            sweep.settings.written_by ? `, written by ${sweep.settings.written_by}` : ''}.`))));
}

function madeText() {
  const {program, commit, time} = data.made;
  return `Made on ${time.slice(0, 10)} by ${program} (${commit}). Values are medians over rounds; each round ` +
    'measures every design once. Compare ratios within one sweep, not between machines.';
}

function startReport() {
  document.title = `ownbench: ${
    several.machines ? `${data.machines.length} machines` : (data.machines[0] || {}).name || 'an unknown machine'}`;
  const sections = [
    answerSection(), ...families.map(familySection).flat().filter(Boolean), claimsSection(), designsSection(),
    machineSection(), reproduceSection()
  ];
  const links = several.families
    ? [['answer', 'Answer'], ...families.map((family) => [family.name, family.title])]
    : sections.filter((one) => one.dataset.title).map((one) => [one.id, one.dataset.title]);
  links.push(
    ['claims', 'Claims'], ['implementations', 'Designs'], ['environment', 'Machine'], ['reproduce', 'Reproduce']);
  const points = data.sweeps.flatMap((sweep) => sweep.points);
  const unique = (values) => [...new Set(values)].map((value) => [value, value]);
  byId('page').append(
    el('header', {}, el('h1', {}, headTitle()), measuredOn(), sweepWarnings(),
      el('nav', {'aria-label': 'Parts of the page'}, links.map(([id, title]) => el('a', {href: '#' + id}, title))),
      toolbar([
        ['m', 'Machine', data.machines.map((machine) => [machine.id, machineName(machine)])],
        ['family', 'Problem', unique(families.map((family) => family.name))],
        ['workload', 'Workload', unique(points.map((point) => point.workload))],
        ['class', 'Class', unique(families.flatMap((family) => family.classes.map((one) => one.class)))]
      ])),
    el('main', {}, sections), el('footer', {}, el('p', {}, madeText())));
  startPage();
}
startReport();
