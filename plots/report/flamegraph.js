// Draws a flame graph. The width of a function's box is its share of the time; its callees are above it. Selecting a
// function enlarges it to the full width.
const BOX = 18;      // height of a box in pixels
const LETTER = 7.4;  // average width of a letter in pixels
const SEEN = 0.3;    // boxes narrower than this many pixels are not drawn, nor are the boxes above them

const depthOf = (node) => 1 + (d3.max(node.children, depthOf) || 0);
const said = (node) => `${node.name}\n${node.kind}: ${node.share} of the time`;

/**
 * Returns the positions of all boxes: [{node, x, width, level, below}..]. `path` is empty, or leads to the selected
 * function: its callers, outermost first, and the function itself.
 */
function boxesOf(stacks, width, path) {
  const boxes = [];
  const place = (nodes, left, scale, level) => {
    for (const node of nodes) {
      if (node.weight * scale >= SEEN) {
        boxes.push({node, x: left, width: node.weight * scale, level});
        place(node.children, left, scale, level + 1);
      }
      left += node.weight * scale;
    }
  };
  path.slice(0, -1).forEach((node, level) => boxes.push({node, x: 0, width, level, below: true}));
  const shown = path.length ? path.slice(-1) : stacks;
  place(shown, 0, width / d3.sum(shown, (node) => node.weight), Math.max(0, path.length - 1));
  return boxes;
}

function pathTo(nodes, wanted) {
  for (const node of nodes) {
    const above = node === wanted ? [] : pathTo(node.children, wanted);
    if (above) return [node, ...above];
  }
  return null;
}

function startFlamegraph() {
  let path = [];
  const levels = d3.max(data.stacks, depthOf) || 1;
  const whole = el('button', {type: 'button', hidden: ''}, 'Show all');
  const redraw = (node) => {
    path = node ? pathTo(data.stacks, node) : [];
    whole.hidden = !path.length;
    hideValue();
    figures[0].width = 0;
    drawFigures();
  };
  const draw = (svg, width) => {
    const height = levels * BOX;
    for (const {node, x, width: wide, level, below} of boxesOf(data.stacks, width, path)) {
      const y = height - (level + 1) * BOX;
      const box = svg.append('g')
                    .attr('class', `series kind-${node.kind}${below ? ' below' : ''}`)
                    .append('g')
                    .attr('class', 'pt box')
                    .attr('data-x', x + wide / 2)
                    .attr('data-y', y + BOX / 2)
                    .attr('data-share', node.share)
                    .attr('data-name', node.name);
      box.append('rect').attr('x', x).attr('y', y).attr('width', wide).attr('height', BOX - 1);
      const letters = Math.floor((wide - 6) / LETTER);
      if (letters > 2)
        box.append('text')
          .attr('x', x + 4)
          .attr('y', y + 13)
          .attr('class', 'l')
          .text(node.name.length > letters ? node.name.slice(0, letters - 1) + '…' : node.name);
      box.on('click', () => redraw(node));
      markTexts.set(box.node(), said(node));
    }
    return height;
  };
  const heaviest = (nodes) => {
    const widest = nodes.slice().sort((a, b) => b.weight - a.weight)[0];
    return widest ? [widest, ...heaviest(widest.children)] : [];
  };
  const words =
    'Where the measured time goes: the width of a function is its share of the time, and functions are drawn above ' +
    'their callers.';
  const widest = heaviest(data.stacks).map((node) => `${node.name} ${node.share}`).join(', ');
  const picture = data.stacks.length > 0 &&
    figure({class: 'wide flames'},
      'Select a function to enlarge it. To see its share, point at it, or use the arrow keys.',
      `Flame graph of ${data.title}. The widest stack: ${widest}.`, draw);
  byId('page').append(pictureHeader(data.title, words, 'kind', ['ownbench', 'libraries', 'kernel'], [whole]),
    el('main', {}, picture || el('p', {}, 'There are no samples.')));
  whole.addEventListener('click', () => redraw(null));
  startPage();
  if (figures.length)
    figures[0].svg.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && currentMark) currentMark.dispatchEvent(new MouseEvent('click'));
    });
}
startFlamegraph();
