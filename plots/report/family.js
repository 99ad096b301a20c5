// A family's parts: what is fastest where, curves, every point, latencies, runs, classes.
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

// -- who is fastest where --
function winners(family, sweep) {
  const names = (results) =>
    (results.length ? listed(results.slice(0, 3).map((result) => designLink(family, result.implementation)), ' or ')
                        .concat(results.length > 3 ? [`, or ${results.length - 3} more`] : [])
                                                   : el('span', {class: 'none'}, 'none ranked'));
  const ratio = (results) => (results.length && results[0].to_baseline ? {
    content: [results[0].to_baseline.text, isOpen(results[0]) && '~'],
    value: results[0].to_baseline.value,
    title: intervalText(results[0].to_baseline)
  }
                                                                       : null);
  const columns = [
    {
      key: 'workload',
      heading: 'workload',
      cell: (point) => el('a', {href: '#' + pointId(family, sweep, point)}, pointTitle(point))
    },
    {key: 'place', heading: 'conditions', class: 'c', cell: (point) => pointLine(point)},
    {key: 'best', heading: `fastest ${family.best} design`, cell: (point) => names(bestOf(point, family.best))},
    {key: 'ratio', heading: `× ${family.baseline}`, number: true, cell: (point) => ratio(bestOf(point, family.best))}, {
      key: 'part',
      heading: 'part of ceiling',
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

/** Rows: designs, columns: points. What a cell says of the baseline is its colour, and in words in its title. */
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

function overview(family, sweep) {
  const inStorms = new Set((sweep.storms || []).flatMap((storm) => storm.points));
  const points = sweep.points.filter((point) => !inStorms.has(point.id));
  const short = (point) => [point.workload, el('br'), point.topology || `${point.groups}×${point.devices}`, el('br'),
    `${point.threads}t`];
  return points.length > 0 &&
    matrix(family, sweep, `${family.prefix}overview${several.machines ? sweep.machine : ''}`,
      onMachine(sweep, `× ${family.baseline} of each design under each condition`), points, short);
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

// -- curves --
const AXES = ['threads', 'devices', 'groups'];
const pointsOf = (sweep, ids) => ids.map((id) => sweep.points.find((point) => point.id === id)).filter(Boolean);
const measuredOnCpus = (sweep) => onMachine(sweep, `measured on ${machineOf(sweep).cpus || 'an unknown machine'}`);

function seriesFor(family, sweep, points, axis) {
  const strong = new Set([family.baseline, 'ceiling'].concat(
    points.flatMap((point) => bestOf(point, family.best).slice(0, 1).map((result) => result.implementation))));
  return family.implementations
    .map((design) => {
      const found = points
                      .map((point) => [point,
                             point.results.find((result) => result.implementation === design.name && !failed(result))])
                      .filter(([, result]) => result);
      return found.length > 0 && {
        name: design.name,
        href: '#' + designId(family, design.name),
        class: found[0][1].class,
        role: design.role,
        baseline: design.name === family.baseline,
        strong: strong.has(design.name),
        points: found.map(([point, result]) => ({
          at: point[axis],
          measure: result.value,
          hollow: isOpen(result),
          tip: `${resultTip(point, result)}\n${pointLine(point)}`
        }))
      };
    })
    .filter(Boolean);
}

function notDrawn(points) {
  const names =
    [...new Set(points.flatMap((point) => point.results.filter(failed).map((result) => result.implementation)))];
  return names.length > 0 && el('p', {class: 'failed'}, `Not drawn, failed their checks: ${names.join(', ')}`);
}

const valueFormat = (point) => (point.quantity === 'time' ? nsText : si);

function curves(family, sweep) {
  return sweep.charts.filter((chart) => chart.kind === 'curves')
    .map((chart) => {
      const points = pointsOf(sweep, chart.points), series = seriesFor(family, sweep, points, chart.axis),
            first = points[0];
      const caption = [
        el('b', {}, `${first.workload} against ${chart.axis_label}`),
        el('span', {class: 'cond'}, `${chart.title.replace(/^[^:]*: /, '')}; ${chart.label}; ${measuredOnCpus(sweep)}`)
      ];
      const said =
        series.filter((one) => one.strong)
          .map((one) => `${one.name} ${one.points.map((point) => `${point.measure.text} at ${point.at}`).join(', ')}`)
          .join('; ');
      return series.length > 0 &&
        figure({...filteredBy(sweep, first), class: 'wide'}, caption,
          `${first.workload} against ${chart.axis_label}: a curve for each of ${series.length} designs; ${
            said}. All figures are in the table of all runs.`,
          (svg, width) => drawCurves(svg, width, {
            series,
            axis: chart.axis_label,
            unit: first.unit,
            ticks: [...new Set(points.map((point) => point[chart.axis]))],
            format: valueFormat(first)
          }),
          notDrawn(points));
    })
    .filter(Boolean);
}

/** Pictures of what a workload is about beside its rate, as the memory that is held. */
function metricFigures(family, sweep) {
  return sweep.charts.filter((chart) => chart.kind === 'bars' && chart.metric)
    .map((chart) => {
      const [point] = pointsOf(sweep, [chart.point]);
      const rows =
        point.results
          .filter((result) => !failed(result) && result.metrics[chart.metric] && result.metrics[chart.metric].value > 0)
          .map(
            (result) => rowOf(family, point, result, result.metrics[chart.metric], [result.metrics[chart.metric].text]))
          .sort((a, b) => a.measure.value - b.measure.value);
      const none = point.results
                     .filter((result) => !failed(result) && result.metrics[chart.metric] &&
                         result.metrics[chart.metric].value === 0)
                     .map((result) => result.implementation);
      return rows.length > 0 &&
        figure(filteredBy(sweep, point),
          [el('b', {}, chart.label), el('span', {class: 'cond'}, `${chart.title}; ${measuredOnCpus(sweep)}`)],
          `${chart.label}, ${chart.title}: ${rows.map((row) => `${row.name} ${row.texts[0]}`).join(', ')}.`,
          (svg, width) => drawRows(svg, width, {rows, format: si}),
          none.length > 0 && el('p', {class: 'note'}, `None: ${none.join(', ')}`));
    })
    .filter(Boolean);
}

/** A row of a picture. */
function rowOf(family, point, result, measure, texts) {
  return {
    name: result.implementation,
    href: '#' + designId(family, result.implementation),
    class: result.class,
    role: (family.design.get(result.implementation) || {}).role,
    baseline: isBaseline(point, result),
    measure,
    hollow: isOpen(result),
    texts,
    tip: resultTip(point, result)
  };
}

// -- every point --
/** The picture of a point; `again`: it has another one, which has the point's id. */
function pointFigure(family, sweep, point, again = false) {
  const attributes = {id: again ? null : pointId(family, sweep, point), ...filteredBy(sweep, point)};
  const shown = point.results.filter((result) => !failed(result));
  const relative = shown.length > 0 && shown.every((result) => result.to_baseline);
  const rows = shown.map((result) => (relative ? rowOf(family, point, result, result.to_baseline,
                                                   [result.to_baseline.text, result.value.text])
                                               : rowOf(family, point, result, result.value, [result.value.text])));
  const caption = [
    el('b', {}, pointTitle(point)),
    el('span', {class: 'cond'},
      `${pointLine(point)}; ${relative ? `× ${point.baseline}, and ` : ''}${point.quantity_words}; ${
        measuredOnCpus(sweep)}`)
  ];
  if (!rows.length) return el('figure', attributes, el('figcaption', {}, caption), notDrawn([point]));
  const best = bestOf(point);
  const label = `${pointTitle(point)}, ${pointLine(point)}: ${rows.length} designs, the best first: ${
                  rows.map((row) => `${row.name} ${row.texts[0]}`).join(', ')}.` +
    (best.length > 1 ? ` Not told apart as the best: ${best.map((result) => result.implementation).join(', ')}.` : '');
  return figure(attributes, caption, label, (svg, width) => drawRows(svg, width, {
    rows,
    ties: tiesOf(point, shown),
    lines: relative ? [{value: 1}] : [],
    format: relative ? timesText : valueFormat(point)
  }),
    notDrawn([point]));
}

// -- the law of scaling, a model --
function scaling(family, sweep) {
  return (sweep.scaling || [])
    .map((law) => {
      const points = pointsOf(sweep, law.points), fits = law.fits.filter((fit) => fit.model);
      const caption = [
        el('b', {}, 'The Universal Scalability Law, a model'),
        el('span', {class: 'cond'}, `${law.title}; ${law.label}; dashed: the model; grey: beyond the measured threads`)
      ];
      if (!fits.length)
        return el('p', {class: 'note'},
          `${law.title}: no model is fitted: ${
            law.reason || law.fits.map((fit) => `${fit.implementation}: ${fit.why}`).join('; ')}.`);
      const measured = new Map(seriesFor(family, sweep, points, 'threads').map((one) => [one.name, one]));
      const series = fits.filter((fit) => measured.has(fit.implementation))
                       .map((fit) => ({...measured.get(fit.implementation), model: fit.model}));
      const ticks = d3.range(0, 12)
                      .map((power) => 2 ** power)
                      .filter((tick) => tick <= d3.max(fits, (fit) => d3.max(fit.model, ([at]) => at)));
      const cell = (key) => (fit) => (fit[key] ? {
        content: [fit[key].text, fit[key].interval && el('span', {class: 'interval'}, fit[key].interval)],
        value: fit[key].value
      }
                                               : null);
      return [
        figure({...filteredBy(sweep, points[0]), class: 'wide'}, caption,
          `A model of ${series.length} designs, ${law.title}. Its coefficients are in the table below.`,
          (svg, width) => drawCurves(svg, width, {
            series,
            axis: 'threads',
            unit: points[0].unit,
            ticks,
            format: si,
            measuredTo: d3.max(fits, (fit) => fit.most)
          })),
        table(`${family.prefix}${law.name}${several.machines ? sweep.machine : ''}`,
          onMachine(sweep, 'Coefficients of the model, with their intervals'),
          [
            {key: 'impl', heading: 'design', cell: (fit) => designLink(family, fit.implementation)},
            {key: 'lambda', heading: 'λ, of one thread', number: true, cell: cell('lambda')},
            {key: 'sigma', heading: 'σ, contention', number: true, cell: cell('sigma')},
            {key: 'kappa', heading: 'κ, coherence', number: true, cell: cell('kappa')},
            {key: 'peak', heading: 'threads at the peak', number: true, cell: cell('peak')},
            {key: 'worst', heading: 'largest deviation', number: true, cell: cell('worst_percent')},
            {key: 'why', heading: 'not fitted', cell: (fit) => fit.why}
          ],
          law.fits, (fit) => ({'data-impl': fit.implementation, 'data-m': sweep.machine}))
      ];
    })
    .filter(Boolean);
}

// -- latencies --
function latencies(family, sweep) {
  return sweep.points
    .flatMap((point) => (family.operations || []).map((operation) => {
      const rows =
        point.results
          .filter((result) =>
                    !failed(result) && result.latency && result.latency[operation] && result.latency[operation].length)
          .map((result) => ({
            name: result.implementation,
            href: '#' + designId(family, result.implementation),
            class: result.class,
            role: (family.design.get(result.implementation) || {}).role,
            baseline: isBaseline(point, result),
            percentiles: result.latency[operation],
            tip: `${result.implementation}, ${operation}\n${
              result.latency[operation]
                .map(([percentile, , words]) => `${percentile === 100 ? 'longest' : 'p' + percentile} ${words}`)
                .join(', ')}`
          }))
          .sort((a, b) => a.percentiles[0][1] - b.percentiles[0][1]);
      return rows.length > 0 &&
        figure(filteredBy(sweep, point),
          [
            el('b', {}, `${operation.replace(/_/g, ' ')} in ${pointTitle(point)}`),
            el('span', {class: 'cond'},
              `${pointLine(point)}; latency of ${operation.replace(/_/g, ' ')}, less is better; ${
                measuredOnCpus(sweep)}`)
          ],
          `Latency of ${operation} in ${pointLine(point)}: ${
            rows.map((row) => row.tip.replace('\n', ': ')).join('; ')}.`,
          (svg, width) => drawPercentiles(svg, width, {rows}));
    }))
    .filter(Boolean);
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
    {key: 'part', heading: 'part of ceiling', number: true, cell: measured((result) => result.to_ceiling)},
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

// -- classes and what they rest on --
function evidence(family, sweep) {
  if (!sweep.verify)
    return el('p', {}, `${sweep.dir} has no verify.json: classes are those that the designs declare. `,
      el('code', {},
        `ownbench verify${family.name === 'ownership' ? '' : ` --family=${family.name}`} --json > ${
          sweep.dir}/verify.json`),
      ' finds them out.');
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
      heading: 'explored whole',
      number: true,
      cell: (design) => (design.explorations ? `${design.exhausted} of ${design.explorations}` : null)
    }];
  return [
    table(`${family.prefix}classes${several.machines ? sweep.machine : ''}`,
      onMachine(sweep, 'What each checker looked at, or the class that its fault leaves'), columns('design'), designs,
      (design) => ({'data-impl': design.name, 'data-class': design.found})),
    counted &&
      el('p', {}, 'That no fault was found counts beside the negative controls that were caught: ',
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

// -- what an operation does --
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
  return [table(`${family.prefix}costs`, onMachine(sweep, 'What each operation does, counted in a model; not a time'),
    [
      {key: 'impl', heading: 'design', cell: (one) => designLink(family, one.implementation)},
      ...operations.map(
        (operation) => ({key: slug(operation), heading: operation.replace(/_/g, ' '), cell: cell(operation)})),
      {key: 'pair', heading: 'a measured pair takes a thread', cell: (one) => ({content: times(one), class: 'w'})}
    ],
    sweep.cost.implementations, (one) => ({'data-impl': one.implementation}))];
}

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
  return el('p', {class: 'legend'}, KEY.map(([name, words]) => el('span', {}, glyph(name), ' ' + words)),
    el('span', {}, glyph('none'), ' ceiling'), el('span', {}, glyph('exact', true), ' precision not reached'));
}

function familyParts(family) {
  const points = perSweep(family,
    (sweep) => el('div', {class: 'figures'}, sweep.points.map((point) => pointFigure(family, sweep, point)),
      metricFigures(family, sweep)));
  const ranked = `Only designs that passed every check and are ${
    family
      .ranked_class} are ranked. Several names: this sweep does not tell them apart. ~: the precision asked for was not reached.`;
  return [
    part(family, 'winners', 'The fastest under each condition', ranked,
      perSweep(family, (sweep) => winners(family, sweep))),
    part(family, 'overview', 'Every design under every condition',
      [
        `Ratios to ${
          family
            .baseline}. Blue: faster for sure; red: slower for sure; black on white: no difference that matters; grey: cannot tell. Bold: the best, or not told apart from it. ~: the precision asked for was not reached. `,
        'Heads: groups × devices, and threads.'
      ],
      perSweep(family, (sweep) => overview(family, sweep))),
    part(family, 'storms', 'Storms on the groups of real machines',
      'Time to the last bind, as a ratio: more is faster.', perSweep(family, (sweep) => storms(family, sweep))),
    part(family, 'throughput', 'Along threads, devices and groups',
      `Both axes are logarithmic. Drawn strong: ${family.baseline}, the ceiling, and the fastest ${
        family.best} designs. Touch a mark, or move the arrow keys in a picture, for the values.`,
      perSweep(family, (sweep) => curves(family, sweep))),
    part(family, 'points', 'Each condition',
      [
        'A mark is the median ratio over the rounds, the bar through it its 95% interval. A line beside names joins designs that are not told apart: solid where a difference that matters is ruled out, dotted where it is not. ',
        legend()
      ],
      points),
    part(family, 'scaling', 'Scaling, as a model',
      'The Universal Scalability Law is fitted to four or more thread counts. What lies beyond the measured threads is a model, and never ranked.',
      perSweep(family, (sweep) => scaling(family, sweep))),
    part(family, 'latency', 'Latency',
      'The mark is the median; the strokes to its right are the 90th percentile and those behind it.',
      perSweep(family,
        (sweep) => {
          const shown = latencies(family, sweep);
          return shown.length ? el('div', {class: 'figures'}, shown)
                              : el('p', {}, 'This sweep recorded no latencies: ',
                                  el('code', {}, `${sweep.command || 'ownbench run'} --latency=1021`), ' does.');
        })),
    part(family, 'costs', 'What an operation costs',
      'Counted from the implementation’s own source, so the same on every machine. rmw: a read-modify-write; line: a cache line that moves between CPUs that take turns; an empty cell: loads and stores of the thread’s own lines.',
      perSweep(family, (sweep) => costs(family, sweep))),
    part(family, 'runs', 'All runs',
      `Select a heading to sort by it. ${
        family.columns_note} Fairness: Jain’s index over the threads, 1 if all did the same.`,
      [runs(family)]),
    part(family, 'classes', 'Which designs are right', null,
      [meanings(family), ...perSweep(family, (sweep) => evidence(family, sweep))])
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
