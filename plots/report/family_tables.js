// The tables of a family: fastest designs, all designs under all conditions, regrets, storms, runs, classes, costs.
// -- the fastest designs --
function placeCell(family, sweep, point) {
  const link = el('a', {href: '#' + pointId(family, sweep, point)}, pointTitle(point));
  return [link, el('span', {class: 'cond'}, pointLine(point))];
}

function winners(family, sweep) {
  const names = (results) => {
    if (!results.length) return el('span', {class: 'none'}, 'none ranked');
    const links = results.slice(0, 3).map((result) => designLink(family, result.implementation));
    return [listed(links, ' or '), results.length > 3 && `, or ${results.length - 3} more`];
  };
  const ratio = ([best]) => {
    const measure = best && best.to_baseline;
    if (!measure) return null;
    return {content: [measure.text, isOpen(best) && '~'], value: measure.value, title: intervalText(measure)};
  };
  const columns = [
    {key: 'workload', heading: 'workload', class: 'place', cell: (point) => placeCell(family, sweep, point)},
    {key: 'best', heading: `fastest ${family.best} design`, cell: (point) => names(bestOf(point, family.best))},
    {key: 'ratio', heading: `× ${family.baseline}`, number: true, cell: (point) => ratio(bestOf(point, family.best))}, {
      key: 'part',
      heading: 'of ceiling',
      number: true,
      cell: (point) => {
        const [best] = bestOf(point, family.best);
        return best && best.to_ceiling ? {content: best.to_ceiling.text, value: best.to_ceiling.value} : null;
      }
    },
    {key: 'any', heading: 'fastest of any class', cell: (point) => names(bestOf(point))},
    {key: 'any-ratio', heading: `× ${family.baseline}`, number: true, cell: (point) => ratio(bestOf(point))}
  ];
  return table(`${family.prefix}winners${several.machines ? sweep.machine : ''}`,
    onMachine(sweep, 'The fastest under each condition'), columns, sweep.points, (point) => filteredBy(sweep, point));
}

/**
 * Returns a table with a row for each design and a column for each point. The colour of a cell shows how the design
 * compares with the baseline; the cell's title gives the comparison in words.
 */
function matrix(family, sweep, name, caption, points, headingOf, more = []) {
  const designs = family.implementations.filter(
    (design) => points.some((point) => point.results.some((result) => result.implementation === design.name)));
  const resultOf = (point, design) => point.results.find((result) => result.implementation === design.name);
  const columns = [{key: 'impl', heading: 'design', cell: (design) => designLink(family, design.name)}].concat(
    more, points.map((point) => ({
      key: slug(point.id),
      heading: headingOf(point),
      title: pointLine(point),
      number: true,
      cell: (design) => {
        const result = resultOf(point, design);
        if (!result) return null;
        if (failed(result)) return {content: 'failed', class: 'failure', title: result.failure};
        const measure = result.to_baseline || result.value;
        const best = bestOf(point).includes(result);
        return {
          content: [measure.text, isOpen(result) && '~'],
          value: measure.value,
          title: resultTip(point, result),
          class: `told-${((result.against_baseline || {}).told || 'none').replace(' ', '-')}${best ? ' best' : ''}${
            isBaseline(point, result) ? ' baseline' : ''}`
        };
      }
    })));
  const classOf = (design) => (points.map((point) => resultOf(point, design)).find(Boolean) || design).class;
  return table(
    name, caption, columns, designs, (design) => ({'data-impl': design.name, 'data-class': classOf(design)}));
}

/** Returns a column's heading: the point's workload, groups × devices, threads, and non-default parameters. */
const shortHeading = (point) => [point.workload, el('br'), point.topology || `${point.groups}×${point.devices}`,
  el('br'), `${point.threads}t`, Boolean(point.mix) && [el('br'), point.mix]];

function overview(family, sweep) {
  const inStorms = new Set((sweep.storms || []).flatMap((storm) => storm.points));
  const points = sweep.points.filter((point) => !inStorms.has(point.id));
  return points.length > 0 &&
    matrix(family, sweep, `${family.prefix}overview${several.machines ? sweep.machine : ''}`,
      onMachine(sweep, `× ${family.baseline} of each design under each condition`), points, shortHeading);
}

// -- regrets --
/** Returns a cell with a design's worst regret and the number of points that it lacks. The title names the point. */
function worstCell(regrets) {
  if (!regrets || !regrets.worst) return null;
  const nr = regrets.lacks.length;
  return {
    content: [regrets.worst.text, nr > 0 && `, lacks ${nr}`],
    value: regrets.worst.value,
    title:
      [intervalText(regrets.worst), regrets.rival && `against ${regrets.rival}`, regrets.place].filter(Boolean).join(
        '\n')
  };
}

function regrets(family, sweep) {
  const regret = sweep.regret;
  if (!regret) return null;
  const points = pointsOf(sweep, regret.points.concat(regret.large_points));
  const resultOf = (point, design) => point.results.find((one) => one.implementation === design.implementation) || {};
  const columns = [
    {key: 'impl', heading: 'design', cell: (design) => designLink(family, design.implementation)},
    {key: 'worst', heading: 'worst', number: true, cell: worstCell},
    {key: 'interval', heading: '95% interval', number: true, cell: (design) => (design.worst || {}).interval},
    {key: 'mean', heading: 'mean', number: true, cell: (design) => design.mean && design.mean.text},
    {key: 'large', heading: 'worst in large groups', number: true, cell: (design) => worstCell(design.large)},
    {key: 'claims', heading: 'worst in claims', number: true, cell: (design) => worstCell(design.claims)}, {
      key: 'lacks',
      heading: 'lacks',
      cell: (design) => (design.lacks.length ? `${design.lacks.length} of ${regret.points.length} points` : '')
    },
    {key: 'at', heading: 'worst at', class: 'c', cell: (design) => design.place}, ...points.map((point) => ({
      key: slug(point.id),
      heading: shortHeading(point),
      title: pointLine(point),
      number: true,
      cell: (design) => {
        const result = resultOf(point, design);
        return worstCell(result.regret && {worst: result.regret, rival: result.regret_rival, lacks: []});
      }
    }))
  ];
  return points.length > 1 &&
    table(`${family.prefix}regret${several.machines ? sweep.machine : ''}`,
      onMachine(sweep, `How many times as fast as each design the best ${family.best} design is`), columns,
      regret.designs, (design) => ({'data-impl': design.implementation, 'data-class': design.class}));
}

function storms(family, sweep) {
  return (sweep.storms || []).map((storm, i) => {
    const points = pointsOf(sweep, storm.points),
          means = new Map(storm.rows.map((row) => [row.implementation, row.to_baseline]));
    const mean = {
      key: 'mean',
      heading: 'mean of all',
      number: true,
      cell: (design) => {
        const measure = means.get(design.name);
        return measure ? {content: measure.text, value: measure.value} : null;
      }
    };
    return matrix(family, sweep, `${family.prefix}storm-${i + 1}${several.machines ? `-${sweep.machine}` : ''}`,
      onMachine(
        sweep, `× ${family.baseline}: ${storm.threads} thread${storm.threads > 1 ? 's' : ''}, ${storm.conditions}`),
      points, (point) => point.topology, [mean]);
  });
}

// -- all runs --
function runs(family) {
  const rows = family.sweeps.flatMap(
    (sweep) => sweep.points.flatMap((point) => point.results.map((result) => ({sweep, point, result}))));
  const measured = (get, more = () => '') => (row) => {
    const measure = get(row.result);
    return measure ? {
      content: [measure.text, el('span', {class: 'unit'}, more(row))],
      value: measure.value,
      title: intervalText(measure)
    }
                   : null;
  };
  const used =
    family.columns.filter((column) => rows.some((row) => row.result.metrics && row.result.metrics[column.key]));
  const columns = [
    {key: 'impl', heading: 'design', cell: (row) => designLink(family, row.result.implementation)},
    {key: 'class', heading: 'class', cell: (row) => ({content: badge(row.result.class), value: row.result.class})},
    {key: 'workload', heading: 'workload', cell: (row) => pointTitle(row.point)},
    several.machines && {key: 'machine', heading: 'machine', number: true, cell: (row) => row.sweep.machine},
    ...AXES.map((key) => ({key, heading: key, number: true, cell: (row) => String(row.point[key])})), {
      key: 'median',
      heading: 'median',
      number: true,
      cell: (row) => (failed(row.result)
          ? {content: `failed, not ranked: ${row.result.failure}`, class: 'failure', span: 4 + used.length}
          : measured((result) => result.value, (one) => one.point.unit)(row))
    },
    {key: 'speedup', heading: `× ${family.baseline}`, number: true, cell: measured((result) => result.to_baseline)}, {
      key: 'interval',
      heading: '95% interval of ×',
      number: true,
      cell: (row) => ((row.result.to_baseline || {}).interval || null)
    },
    {key: 'part', heading: 'of ceiling', number: true, cell: measured((result) => result.to_ceiling)},
    ...used.map((column) => ({
      key: slug(column.key),
      heading: column.heading,
      number: true,
      cell: measured((result) => result.metrics && result.metrics[column.key])
    })),
    {
      key: 'told',
      heading: `against ${family.baseline}`,
      class: 'c',
      cell: (row) => row.result.against_baseline && row.result.against_baseline.text
    },
    {
      key: 'place',
      heading: 'conditions',
      class: 'c',
      cell: (row) => [row.point.conditions, isOpen(row.result) && '; precision not reached']
    }
  ].filter(Boolean);
  const element = table(
    `${family.prefix}runs`, 'All runs', columns, rows, (row) => filteredBy(row.sweep, row.point, row.result, family));
  element.classList.add('tall');
  return rows.length > 0 && element;
}

// -- classes and the evidence for them --
function evidence(family, sweep) {
  if (!sweep.verify)
    return el('p', {}, `${sweep.dir} has no verify.json, so the classes are only declared. To verify them: `,
      el('code', {},
        `ownbench verify${family.name === 'ownership' ? '' : ` --family=${family.name}`} --json > ${
          sweep.dir}/verify.json`));
  const designs = sweep.verify.implementations, controls = sweep.verify.controls || [],
        counted = sweep.classes_evidence.controls;
  const checkers = [...new Set(
    designs.concat(controls).flatMap((design) => (design.checkers || []).map((checker) => checker.checker)))];
  const columns = (caption) => [{key: 'impl', heading: caption, cell: (design) => designLink(family, design.name)},
    {key: 'declared', heading: 'declared', cell: (design) => badge(design.declared)}, {
      key: 'found',
      heading: 'found',
      cell: (design) => [badge(design.found), design.contradiction && el('span', {class: 'failure'}, ' contradicts')]
    },
    ...checkers.map((name) => ({
      key: name,
      heading: name,
      number: true,
      cell: (design) => {
        const checker = (design.checkers || []).find((one) => one.checker === name);
        if (!checker || !checker.ran) return null;
        return checker.fault
          ? {content: el('span', {class: 'fault'}, checker.class), title: checker.fault, value: checker.checked}
          : {
              content: si(checker.checked),
              value: checker.checked,
              title: `${d3.format(',')(checker.checked)} ${checker.unit}`
            };
      }
    })),
    {
      key: 'exhausted',
      heading: 'explored completely',
      number: true,
      cell: (design) => (design.explorations ? `${design.exhausted} of ${design.explorations}` : null)
    },
    ...(designs.some((design) => design.all_programs_up_to) ? [{
      key: 'programs',
      heading: 'all programs up to',
      cell: (design) => ({
        content: (design.all_programs_up_to || '').replaceAll('x', '×').replaceAll(',', ', '),
        title: 'threads × operations per thread: every program up to these sizes was explored completely'
      })
    }]
                                                            : [])];
  return [
    table(`${family.prefix}classes${several.machines ? sweep.machine : ''}`,
      onMachine(sweep, 'How much each checker checked or, if it found a fault, the class that the fault implies'),
      columns('design'), designs, (design) => ({'data-impl': design.name, 'data-class': design.found})),
    counted &&
      el('p', {}, 'That a checker finds no fault is evidence only if it catches known faults. The checkers caught ',
        el('b', {}, `${counted.caught} of ${counted.of}`), ' designs that are broken on purpose',
        counted.escaped.length > 0 && el('span', {class: 'failure'}, `; not caught: ${counted.escaped.join(', ')}`),
        '.'),
    controls.length > 0 &&
      el('details', {}, el('summary', {}, 'The negative controls'),
        table(`${family.prefix}controls${several.machines ? sweep.machine : ''}`,
          onMachine(sweep, 'Designs that are broken on purpose, and what each checker found'), columns('control'),
          controls))
  ];
}

function meanings(family) {
  return el(
    'dl', {class: 'meaning'}, family.classes.map((one) => [el('dt', {}, badge(one.class)), el('dd', {}, one.meaning)]));
}

// -- costs --
function costs(family, sweep) {
  if (!sweep.cost) return null;
  const operations = [...new Set(sweep.cost.implementations.flatMap((one) => Object.keys(one.operations || {})))];
  const cell = (operation) => (one) => {
    const counts = (one.operations || {})[operation];
    return counts ? {
      content: COUNTS.filter(([key]) => counts[key] > 0).map(([key, ,
        short]) => el('div', {}, `${counts[key]} ${short}${counts[key] === 1 ? '' : 's'}`)),
      class: 'w',
      value: counts.transfers
    }
                  : null;
  };
  const times = (one) => Object.entries(one.measured_pair_ns || {}).map(([key,
    ns]) => el('div', {}, `${nsText(ns)} with ${key.replace('_', ' ')}`));
  return [table(`${family.prefix}costs`, onMachine(sweep, 'Events of each operation, counted in a model (no times)'),
    [
      {key: 'impl', heading: 'design', cell: (one) => designLink(family, one.implementation)},
      ...operations.map(
        (operation) => ({key: slug(operation), heading: operation.replace(/_/g, ' '), cell: cell(operation)})),
      {key: 'pair', heading: 'measured time of a pair', cell: (one) => ({content: times(one), class: 'w'})}
    ],
    sweep.cost.implementations, (one) => ({'data-impl': one.implementation}))];
}
