// The first screen of a report: the reader's questions, each with its answer and a link to the evidence.
function headTitle() {
  const designs = d3.sum(families, (family) => family.implementations.length);
  const question = families.length ? families[0].question : 'A sweep without runs';
  return `${question}${
    several.families ? ` And ${families.length - 1} related problem${families.length > 2 ? 's' : ''}:`
                     : ''} ${designs} designs measured`;
}

function measuredOn() {
  const days =
    [...new Set(data.machines.map((machine) => ((machine.environment || {}).time || '').slice(0, 10)).filter(Boolean))];
  const runs = data.sweeps.map((sweep) => {
    const failures = sweep.points.flatMap((point) => point.results.filter((result) => result.failure));
    return [
      `${several.families ? sweep.family + ': ' : ''}${d3.sum(sweep.points, (point) => point.results.length)} runs`,
      failures.length > 0 &&
        [
          ', ',
          el('a', {href: `#${families.find((family) => family.name === sweep.family).prefix}runs`},
            `${failures.length} failed ${failures.length > 1 ? 'their' : 'its'} checks`)
        ]
    ];
  });
  return el('p', {class: 'where'}, 'Measured on ',
    listed(data.machines.map((machine) => el('b', {}, machineName(machine)))),
    days.length ? `, ${days.join(', ')}` : '', '. ', runs.map((run, i) => [i ? '; ' : '', run]), '.');
}

/**
 * Returns the warnings about conditions that disturbed the results. They are shown above the results. If there are
 * several sweeps, warnings of the same kind share one line, which can be expanded: the answers stay in the first
 * screen.
 */
function sweepWarnings() {
  const warnings = data.sweeps.flatMap((sweep) => sweep.warnings.map((warning) => ({sweep, ...warning})));
  const item = ({sweep, what, remedy}) => el('li', {'data-m': sweep.machine, 'data-family': sweep.family},
    el('b', {}, `${data.sweeps.length > 1 ? sweep.dir + ': ' : ''}${what}`), '; ',
    el('span', {class: 'remedy'}, remedy));
  const kind = ([brief, ones]) => el('li', {},
    el('details', {}, el('summary', {}, el('b', {}, brief), ` (${ones.length} of ${data.sweeps.length} sweeps)`),
      el('ul', {}, ones.map(item))));
  return warnings.length > 0 &&
    el('ul', {class: 'warnings', 'aria-label': 'Warnings'},
      data.sweeps.length > 1 ? d3.groups(warnings, (one) => one.brief || one.what).map(kind) : warnings.map(item));
}

function answerOf(family, sweep) {
  const headline = sweep.headline, point = sweep.points.find((one) => one.id === headline.point);
  const fastest = headline.fastest.best_class || headline.fastest.any_class;
  const question = point.baseline ? `Should we replace ${family.baseline}?` : 'Which design is fastest?';
  const head = el('h3', {}, question, several.families && el('span', {}, family.question),
    several.machines && el('span', {}, machineName(machineOf(sweep))));
  const attributes = {class: 'brief', 'data-m': sweep.machine, 'data-family': family.name};
  if (!fastest) return el('div', attributes, head, el('p', {}, 'No design is ranked: no run passed its checks.'));
  const result = point.results.find((one) => one.implementation === fastest.implementation);
  const measure = result.to_baseline || result.value;
  return el('div', attributes, head,
    el('p', {class: 'hero'}, el('span', {class: 'big'}, measure.text), ' ',
      result.to_baseline ? family.baseline : point.unit,
      measure.interval && el('span', {class: 'interval'}, `95% interval ${measure.interval}`),
      isOpen(result) && el('span', {class: 'interval'}, 'precision not reached')),
    el('p', {class: 'who'}, `Fastest ${fastest.class} design: `, designLink(family, fastest.implementation), '.',
      fastest.second &&
        [
          ` Compared with the second, `, designLink(family, fastest.second),
          `: ${fastest.to_second.text}, ${fastest.text}.`
        ]),
    el('p', {class: 'of'}, headline.words, ' ', el('a', {href: '#' + pointId(family, sweep, point)}, 'All designs'),
      ' · ', el('a', {href: `#${family.prefix}winners`}, 'Other conditions')),
    data.sweeps.length === 1 && pointFigure(family, sweep, point, true));
}

function rightness(family, sweep) {
  const named = (one) => (!several.families && !several.machines) || one.implementations.length < 3;
  return el('div', {'data-m': sweep.machine, 'data-family': family.name},
    (several.families || several.machines) &&
      el('b', {}, several.machines ? machineName(machineOf(sweep)) + ' ' : '',
        several.families ? family.title + ' ' : ''),
    el('ul', {class: 'kinds'},
      sweep.classes.map(
        (one) => el('li', {},
          el('a', {href: `#${family.prefix}classes`, class: `badge class-${one.class}`},
            `${one.implementations.length} ${one.class}`),
          ' ',
          named(one) && listed(one.implementations.slice().sort().map((name) => designLink(family, name)), ', ')))),
    !several.families &&
      el('p', {class: 'note'}, sweep.classes_evidence.text[0].toUpperCase() + sweep.classes_evidence.text.slice(1),
        '.'));
}

// Events that the cost model counts: key in report.json, singular and plural for a sentence, and unit in a table.
const COUNTS = [
  ['locks', ['lock', 'locks'], 'lock'], ['rmws', ['read-modify-write', 'read-modify-writes'], 'rmw'],
  ['fences', ['fence', 'fences'], 'fence'], ['membarriers', ['membarrier', 'membarriers'], 'membarrier'],
  ['grace_periods', ['grace period', 'grace periods'], 'grace period'],
  ['transfers', ['cache-line transfer', 'cache-line transfers'], 'line']
];

/** Returns the counts of an operation in the cost model as text, such as "1 lock, 2 read-modify-writes". */
function countsText(counts) {
  return COUNTS.filter(([key]) => counts[key] > 0)
           .map(([key, [one, many]]) => `${counts[key]} ${counts[key] === 1 ? one : many}`)
           .join(', ') ||
    'only loads and stores of cache lines that the CPU already has';
}

function costAnswer() {
  const sweep = sweepsWith('cost')[0];
  const family = sweep && families.find((one) => one.name === sweep.family);
  if (!sweep) return null;
  const named = [family.baseline, (sweep.headline.fastest.best_class || {}).implementation].filter(Boolean);
  const costs =
    named.map((name) => sweep.cost.implementations.find((one) => one.implementation === name)).filter(Boolean);
  if (!costs.length) return null;
  return [
    el('a', {href: '#costs'}, 'What does a probe or a claim cost?'),
    costs.map((cost) => el('p', {}, designLink(family, cost.implementation), ': ',
                listed(['probe', 'claim']
                         .map((name) => [name, cost.operations[`shared_${name}`] || cost.operations[name]])
                         .filter(([, counts]) => counts)
                         .map(([name, counts]) => `a ${name} takes ${countsText(counts)}`),
                  '; '),
                '.'))
  ];
}

const verdictClass = (claim) => `verdict-${claim.verdict.replace(' ', '-')}`;

function claimsAnswer() {
  const sweeps = sweepsWith('claims');
  return sweeps.length > 0 && [
    el('a', {href: '#claims'}, 'Which of the debate’s claims hold?'),
    sweeps.map((sweep) => el('div', {'data-m': sweep.machine},
                 el('p', {},
                   listed(sweep.claim_counts.map(([verdict, nr]) => el('span', {}, el('b', {}, nr),
                                                   ` ${verdict === 'boundary' ? 'true up to a boundary' : verdict}`))),
                   '.'),
                 el('ul', {class: 'chips'},
                   sweep.claims
                     .map((claim) => el('li', {},
                            el('a', {
                              class: `chip ${verdictClass(claim)}`,
                              href: `#claim-${claim.id}`,
                              title: `${claim.claim}: ${claim.verdict}`
                            },
                              claim.id))))))
  ];
}

/** Returns a sentence that says how many of a sweep's ratios reached the requested precision. */
function precisionText(sweep) {
  const precision = sweep.precision;
  if (!precision) return `${sweep.settings.repetitions || 'Few'} repetitions of each run; no precision was requested.`;
  const limit =
    precision.limited_by && !several.families ? `, within ${precision.limited_by}; the others are marked` : '';
  return `${precision.reached} of ${precision.runs} ratios reached the requested precision${limit}.`;
}

function trustAnswer() {
  const lines = data.sweeps.map((sweep) => {
    const which = several.machines ? `${sweep.family} on ${sweep.machine}: `
      : several.families ? `${sweep.family}: `
                         : '';
    return el('p', {'data-m': sweep.machine, 'data-family': sweep.family}, which, precisionText(sweep));
  });
  return [el('a', {href: '#environment'}, 'How far can these figures be trusted?'), lines];
}

function answerSection() {
  const sweeps = families.flatMap((family) => family.sweeps.map((sweep) => [family, sweep]));
  const questions = [
    [
      el('a', {href: `#${families.length ? families[0].prefix : ''}classes`}, 'Which designs are correct?'),
      sweeps.map(([family, sweep]) => rightness(family, sweep))
    ],
    costAnswer(), claimsAnswer(), trustAnswer()
  ].filter(Boolean);
  return el('section', {id: 'answer'}, el('h2', {class: 'unseen'}, 'The answer'),
    el('div', {class: `answers of-${Math.min(sweeps.length, 3)}`},
      el('div', {class: 'briefs'}, sweeps.map(([family, sweep]) => answerOf(family, sweep))),
      el('dl', {class: 'questions'},
        questions.map(([question, answer]) => [el('dt', {}, question), el('dd', {}, answer)]))));
}
