// Draws a graph on canvases: what is in sight of it, and a map of the whole. Knows nothing of the page but its colours.
const drawing = (() => {
  const PITCH = 64, HEIGHT = 40, BAND = 9, READABLE = 0.4, CHARACTERS = 26;
  const COLOURS = { kernel: "hit", gone: "line", io: "ink", "": "op-line" };
  let palette = {}, background;

  const colour = node => palette[COLOURS[node.state] || node.state] || palette["op-line"];
  const top = node => node.row * PITCH - HEIGHT / 2;

  /** Reads the colours of the page, which change with the scheme. */
  function colours() {
    const style = getComputedStyle(document.documentElement);
    background = null;
    palette = new Proxy({}, { get: (known, name) => known[name] ??= style.getPropertyValue("--" + name).trim() });
  }

  /** The canvas's context, empty, in units of the page. */
  function clear(canvas) {
    const ratio = devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(h * ratio);
    }
    const c = canvas.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, w, h);
    return [c, w, h];
  }

  function wire(c, k, a, b, chosen) {
    c.strokeStyle = chosen ? palette.link : palette.wire;
    c.lineWidth = (chosen ? 2.5 : 1) / Math.max(k, 0.3);
    const y = a.row * PITCH + (a.bend ? 0 : HEIGHT / 2), end = b.row * PITCH - (b.bend ? 0 : HEIGHT / 2);
    c.beginPath();
    c.moveTo(a.x, y);
    if (a.x === b.x) c.lineTo(b.x, end);
    else c.bezierCurveTo(a.x, (y + end) / 2, b.x, (y + end) / 2, b.x, end);
    c.stroke();
  }

  function box(c, node, readable, chosen) {
    const x = node.x - node.width / 2, y = top(node), finding = node.findings[0];
    c.fillStyle = readable ? palette.paper : colour(node);
    c.fillRect(x, y, node.width, HEIGHT);
    c.strokeStyle = chosen ? palette.link : finding ? palette[finding.severity] : readable ? palette.wire : colour(node);
    c.lineWidth = chosen ? 5 : finding ? 3 : 1;
    c.strokeRect(x, y, node.width, HEIGHT);
    if (!readable) return;
    c.fillStyle = colour(node);
    c.fillRect(x, y, BAND, HEIGHT);
    c.fillStyle = palette.ink;
    c.font = "600 12px system-ui, sans-serif";
    c.fillText(node.op, x + BAND + 7, y + 16);
    c.fillStyle = palette.soft;
    c.font = "10.5px monospace";
    c.fillText(node.name.length > CHARACTERS ? "\u2026" + node.name.slice(1 - CHARACTERS) : node.name, x + BAND + 7, y + 31);
  }

  /** Draws what lies around at, {x, y, k} with k the scale; dims what is not in found, where that holds anything. */
  function paint(canvas, graph, at, selected, found) {
    const [c, w, h] = clear(canvas);
    c.translate(w / 2, h / 2);
    c.scale(at.k, at.k);
    c.translate(-at.x, -at.y);
    const first = Math.max(0, Math.floor((at.y - h / 2 / at.k) / PITCH) - 1);
    const last = Math.min(graph.rows.length - 1, Math.ceil((at.y + h / 2 / at.k) / PITCH) + 1);
    const left = at.x - w / 2 / at.k, right = at.x + w / 2 / at.k;
    const seen = (a, b) => Math.max(a.x + a.width / 2, b.x + b.width / 2) >= left && Math.min(a.x - a.width / 2, b.x - b.width / 2) <= right;
    const chosen = s => s.from === selected || s.to === selected;
    for (let r = first; r <= last; r++) {
      for (const s of graph.segments[r]) if (seen(s.a, s.b)) wire(c, at.k, s.a, s.b, chosen(s));
    }
    for (const s of graph.long) {
      const a = graph.nodes[s.from], b = graph.nodes[s.to];
      if (a.row <= last && b.row >= first && seen(a, b)) wire(c, at.k, a, b, chosen(s));
    }
    for (let r = first; r <= last; r++) {
      for (const i of graph.rows[r]) {
        if (!seen(graph.nodes[i], graph.nodes[i])) continue;
        c.globalAlpha = found.size && !found.has(i) && i !== selected ? 0.3 : 1;
        box(c, graph.nodes[i], at.k >= READABLE, i === selected);
      }
    }
    c.globalAlpha = 1;
  }

  /** The corners of the graph: left, top, right, bottom. */
  function bounds(graph) {
    let left = Infinity, right = -Infinity;
    for (const n of graph.nodes) {
      left = Math.min(left, n.x - n.width / 2);
      right = Math.max(right, n.x + n.width / 2);
    }
    return [left, -HEIGHT, right, (graph.rows.length - 1) * PITCH + HEIGHT];
  }

  /** The map: the graph as wide and as high as there is room, with a frame around what view shows. */
  function paintMap(canvas, graph, at, view) {
    const [c, w, h] = clear(canvas);
    const [left, above, right, below] = graph.bounds;
    const x = v => (v - left) / (right - left) * w, y = v => (v - above) / (below - above) * h;
    if (!background || background.graph !== graph || background.width !== canvas.width || background.height !== canvas.height) {
      background = Object.assign(document.createElement("canvas"), { graph, width: canvas.width, height: canvas.height });
      const b = background.getContext("2d");
      b.scale(canvas.width / w, canvas.height / h);
      // What matters last, so that it lies on top.
      const rank = n => n.findings.length ? 3 : n.state === "kernel" ? 2 : n.state === "stays" ? 1 : 0;
      for (const n of [...graph.nodes].sort((one, other) => rank(one) - rank(other))) {
        b.fillStyle = n.findings.length ? palette[n.findings[0].severity] : colour(n);
        b.fillRect(x(n.x - n.width / 2), y(top(n)), Math.max(2, n.width / (right - left) * w), Math.max(rank(n) ? 2 : 1, HEIGHT / (below - above) * h));
      }
    }
    c.drawImage(background, 0, 0, w, h);
    const halfW = view.clientWidth / 2 / at.k, halfH = view.clientHeight / 2 / at.k;
    const from = Math.max(1, x(at.x - halfW)), to = Math.min(w - 1, x(at.x + halfW));
    const start = Math.max(1, y(at.y - halfH)), end = Math.min(h - 1, y(at.y + halfH));
    c.strokeStyle = palette.link;
    c.lineWidth = 2;
    c.strokeRect(from, start, Math.max(2, to - from), Math.max(4, end - start));
  }

  /** The place of the node there; -1 where there is none. */
  function hit(graph, x, y) {
    const row = graph.rows[Math.round(y / PITCH)] || [];
    return row.find(i => Math.abs(graph.nodes[i].x - x) <= graph.nodes[i].width / 2 && Math.abs(y - top(graph.nodes[i]) - HEIGHT / 2) <= HEIGHT / 2) ?? -1;
  }

  return { colours, paint, paintMap, bounds, hit, PITCH };
})();
