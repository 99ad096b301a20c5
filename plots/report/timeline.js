// Draws the part of an illegal history that no order of the operations explains: a row for each thread, and a bar for
// each operation. The horizontal axis shows the order of calls and returns. It is not to scale, because operations last
// nanoseconds, but the pauses between them may last milliseconds.
const STEP = 92, LINE = 44, BAR = 28, LEFT = 84, TOP = 30;  // sizes in pixels

const hasReturned = (one) => one.return !== undefined;

function drawTimeline(svg) {
  const operations = data.operations;
  const moments =
    [...new Set(operations.flatMap((one) => [one.call, one.return ]).filter((at) => at !== undefined))].sort(
      (a, b) => a - b);
  const threads = [...new Set(operations.map((one) => one.thread))].sort((a, b) => a - b);
  const rank = new Map(moments.map((at, i) => [at, i]));
  // An operation that has not returned has a bar that extends beyond the last event.
  const x = (at) => LEFT + STEP * (rank.has(at) ? rank.get(at) : moments.length);
  const bottom = TOP + LINE * threads.length, width = LEFT + STEP * (moments.length + 0.3);
  moments.forEach((at) => {
    svg.append('line').attr('class', 'grid').attr('x1', x(at)).attr('x2', x(at)).attr('y1', TOP - 6).attr('y2', bottom);
    svg.append('text').attr('class', 'tick m').attr('x', x(at)).attr('y', TOP - 11).text(`${d3.format(',')(at)} ns`);
  });
  threads.forEach(
    (thread, i) =>
      svg.append('text').attr('class', 'l').attr('x', 2).attr('y', TOP + LINE * i + 18).text(`thread ${thread}`));
  for (const one of operations) {
    const y = TOP + LINE * threads.indexOf(one.thread), from = x(one.call), to = Math.max(x(one.return ), from + 4);
    const bar = svg.append('g')
                  .attr('class', `series outcome-${one.outcome}`)
                  .append('g')
                  .attr('class', 'pt bar')
                  .attr('data-x', (from + to) / 2)
                  .attr('data-y', y + BAR / 2);
    bar.append('rect').attr('x', from).attr('y', y).attr('width', to - from).attr('height', BAR).attr('rx', 3);
    bar.append('text').attr('class', 'l').attr('x', from + 5).attr('y', y + 12).text(one.name);
    bar.append('text').attr('class', 'l').attr('x', from + 5).attr('y', y + 24).text(one.result);
    markTexts.set(bar.node(),
      `thread ${one.thread}: ${one.name}\n${one.result}, ${one.outcome}\nfrom ${one.call} ${
        hasReturned(one) ? `to ${one.return} ns` : 'ns; it has not returned'}`);
  }
  return {width, height: bottom + 4};
}

function operationsTable() {
  const columns = [
    {key: 'thread', heading: 'thread', cell: (one) => String(one.thread)},
    {key: 'name', heading: 'operation', cell: (one) => one.name},
    {key: 'result', heading: 'result', cell: (one) => one.result},
    {key: 'call', heading: 'call, ns', number: true, cell: (one) => String(one.call)},
    {
      key: 'return',
      heading: 'return, ns',
      number: true,
      cell: (one) => (hasReturned(one) ? String(one.return ) : null)
    },
    {key: 'outcome', heading: 'outcome', cell: (one) => one.outcome},
  ];
  return table('operations', 'Operations of the window, by call', columns, data.operations);
}

function startTimeline() {
  const said = data.operations.map((one) => `thread ${one.thread} ${one.name} ${one.result}, ${one.outcome}`);
  const svg = d3.create('svg').attr('class', 'chart').attr('role', 'img').attr('tabindex', 0);
  const {width, height} = drawTimeline(svg);
  svg.attr('aria-label', `${data.title}: ${said.join('; ')}.`);
  svg.attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
  watchValues(svg.node());
  const words = `${data.window}. Times are in nanoseconds since the first call, and not to scale.`;
  const outcomes = ['granted', 'refused', 'pending', 'unexplained'];
  byId('page').append(pictureHeader(`${data.title}: ${data.reason}`, words, 'outcome', outcomes),
    el('main', {},
      el('div', {class: 'scroll timeline', tabindex: '0', role: 'region', 'aria-label': 'Timeline'}, svg.node()),
      el('details', {}, el('summary', {}, 'As a table'), operationsTable())));
  startPage();
}
startTimeline();
