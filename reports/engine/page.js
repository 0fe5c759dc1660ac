'use strict';
// The pictures are complete without this script; it links them to the tables, zooms, and shows a layer's details.
const panes = [...document.querySelectorAll('.pane')];
const layers = panes.map(p => JSON.parse(p.querySelector('script').textContent));
const detail = document.getElementById('detail');

function zoom(pane, factor) {
  const svg = pane.querySelector('svg');
  const view = pane.querySelector('.view');
  const box = svg.viewBox.baseVal;
  const before = svg.clientWidth / box.width;
  const after = Math.min(3, Math.max(0.08, before * factor));
  const middle = (view.scrollTop + view.clientHeight / 2) / before;
  svg.setAttribute('width', box.width * after);
  svg.setAttribute('height', box.height * after);
  view.scrollTop = middle * after - view.clientHeight / 2;
}

function fit(pane) {
  const svg = pane.querySelector('svg');
  const wanted = (pane.querySelector('.view').clientWidth - 20) / svg.viewBox.baseVal.width;
  zoom(pane, Math.min(1, wanted) * svg.viewBox.baseVal.width / svg.clientWidth);
}

// Readable at first: a network's input in sight, however wide the graph is.
function start(pane) {
  const svg = pane.querySelector('svg');
  const view = pane.querySelector('.view');
  fit(pane);
  zoom(pane, Math.max(1, 0.85 * svg.viewBox.baseVal.width / svg.clientWidth));
  view.scrollTop = 0;
  const input = pane.querySelector('.io');
  if (input) view.scrollLeft += input.getBoundingClientRect().left - view.getBoundingClientRect().left - view.clientWidth / 2;
}

function field(list, name, value) {
  if (value === undefined || value === '' || value.length === 0) return;
  const dt = document.createElement('dt');
  dt.textContent = name;
  const dd = document.createElement('dd');
  dd.textContent = value;
  list.append(dt, dd);
}

function tensor(t) {
  return t.name + ': ' + t.precision + ' ' + t.format + ' ' + t.shape;
}

function describe(layer, letter) {
  const list = document.createElement('dl');
  field(list, letter || 'layer', layer.name);
  field(list, 'type', layer.type + (layer.origin ? ' (' + layer.origin + ')' : ''));
  if (layer.micros !== undefined) field(list, 'time', layer.micros.toFixed(1) + ' µs');
  field(list, 'reads', layer.inputs.map(tensor).join(', '));
  field(list, 'writes', layer.outputs.map(tensor).join(', '));
  field(list, 'ONNX nodes', layer.nodes.join(', '));
  field(list, 'kernel', layer.tactic);
  return list;
}

function select(matches) {
  document.querySelectorAll('.sel').forEach(e => e.classList.remove('sel'));
  detail.replaceChildren();
  panes.forEach((pane, i) => {
    const found = [...pane.querySelectorAll('g.l')].filter(matches(i));
    found.forEach(g => {
      g.classList.add('sel');
      detail.append(describe(layers[i][g.dataset.l], pane.dataset.letter));
    });
    if (found.length) {
      const view = pane.querySelector('.view');
      const at = found[0].getBoundingClientRect();
      const frame = view.getBoundingClientRect();
      view.scrollBy({top: at.top - frame.top - frame.height / 3, left: at.left - frame.left - frame.width / 3});
    }
  });
}

function selectGroup(group) {
  select(() => g => g.dataset.g === group);
  document.querySelectorAll('tr[data-g="' + group + '"]').forEach(r => r.classList.add('sel'));
}

panes.forEach((pane, i) => {
  start(pane);
  pane.querySelectorAll('button').forEach(b => b.addEventListener('click', () =>
    b.dataset.zoom === 'fit' ? fit(pane) : zoom(pane, Number(b.dataset.zoom))));
  pane.querySelectorAll('g.l').forEach(g => g.addEventListener('click', () =>
    g.dataset.g === undefined ? select(p => other => p === i && other === g) : selectGroup(g.dataset.g)));
});
document.querySelectorAll('tr[data-g]').forEach(r => r.addEventListener('click', () => selectGroup(r.dataset.g)));
document.querySelectorAll('tr[data-l]').forEach(r => r.addEventListener('click', () => {
  select(() => g => g.dataset.l === r.dataset.l);
  r.classList.add('sel');
}));
const search = document.querySelector('.search');
search.addEventListener('change', () => {
  const text = search.value.toLowerCase();
  if (text) {
    select(p => g => {
      const l = layers[p][g.dataset.l];
      return (l.name + ' ' + l.nodes.join(' ')).toLowerCase().includes(text);
    });
  }
});
