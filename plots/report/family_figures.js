// The figures of a family: curves by number of threads, devices or groups, bars of each point, scaling model,
// latencies.
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
  return names.length > 0 &&
    el('p', {class: 'failed'}, `Not drawn, because they failed their checks: ${names.join(', ')}`);
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
            said}. All values are in the table of all runs.`,
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

/** Returns bar charts of metrics other than the throughput, such as the memory that a design holds. */
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

/** Returns a design's row, as drawRows() and drawPercentiles() expect it. */
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

// -- points --
/**
 * Returns a bar chart of a point's results. If the page shows the same point twice, `again` is true the second time,
 * and the figure then gets no id.
 */
function pointFigure(family, sweep, point, again = false) {
  const attributes = {id: again ? null : pointId(family, sweep, point), ...filteredBy(sweep, point)};
  const shown = point.results.filter((result) => !failed(result));
  const relative = shown.length > 0 && shown.every((result) => result.to_baseline);
  const rows = shown.map((result) => {
    if (!relative) return rowOf(family, point, result, result.value, [result.value.text]);
    return rowOf(family, point, result, result.to_baseline, [result.to_baseline.text, result.value.text]);
  });
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
    (best.length > 1
        ? ` The best, without a significant difference: ${best.map((result) => result.implementation).join(', ')}.`
        : '');
  return figure(attributes, caption, label, (svg, width) => drawRows(svg, width, {
    rows,
    ties: tiesOf(point, shown),
    lines: relative ? [{value: 1}] : [],
    format: relative ? timesText : valueFormat(point)
  }),
    notDrawn([point]));
}

// -- the scaling model --
function scaling(family, sweep) {
  return (sweep.scaling || [])
    .map((law) => {
      const points = pointsOf(sweep, law.points), fits = law.fits.filter((fit) => fit.model);
      const caption = [
        el('b', {}, 'The Universal Scalability Law, a model'),
        el('span', {class: 'cond'},
          `${law.title}; ${law.label}; dashed: the model; grey: beyond the measured thread counts`)
      ];
      if (!fits.length)
        return el('p', {class: 'note'},
          `${law.title}: no model was fitted: ${
            law.reason || law.fits.map((fit) => `${fit.implementation}: ${fit.why}`).join('; ')}.`);
      const measured = new Map(seriesFor(family, sweep, points, 'threads').map((one) => [one.name, one]));
      const series = fits.filter((fit) => measured.has(fit.implementation))
                       .map((fit) => ({...measured.get(fit.implementation), model: fit.model}));
      const ticks = d3.range(0, 12)
                      .map((power) => 2 ** power)
                      .filter((tick) => tick <= d3.max(fits, (fit) => d3.max(fit.model, ([at]) => at)));
      const cell = (key) => (fit) => {
        const measure = fit[key];
        if (!measure) return null;
        const interval = measure.interval && el('span', {class: 'interval'}, measure.interval);
        return {content: [measure.text, interval], value: measure.value};
      };
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
          onMachine(sweep, 'Coefficients of the model, with 95% intervals'),
          [
            {key: 'impl', heading: 'design', cell: (fit) => designLink(family, fit.implementation)},
            {key: 'lambda', heading: 'λ, one thread', number: true, cell: cell('lambda')},
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
            ...rowOf(family, point, result),
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
