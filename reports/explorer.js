// The explorer: a dialog with a model's whole graph to move in and to search. The graph is laid out when it is first opened.
(() => {
  const dialog = document.getElementById("explorer");
  if (!dialog || !dialog.showModal) return;
  const LABELS = { int8: "INT8", fp8: "FP8", int4: "INT4", fp4: "FP4", fp16: "FP16", bf16: "BF16", fp32: "FP32",
    kernel: "avoidable kernel", stays: "kernel that stays", gone: "Q/DQ that vanishes", io: "input or output", "": "other" };
  const SMALLEST = 0.02, FITTED = 0.1, LARGEST = 3;

  const [map, view] = dialog.querySelectorAll("canvas");
  const aside = dialog.querySelector("aside"), legend = dialog.querySelector(".legend"), stage = dialog.querySelector(".stage");
  const box = dialog.querySelector("input"), output = dialog.querySelector("output");
  const graphs = new Map();
  let graph, selected, at, found, order, due = false;

  function read(id) {
    const data = JSON.parse(document.getElementById(id + "-graph").textContent);
    const placed = layout(data.nodes.map(n => n[4]));
    const nodes = data.nodes.map(([op, name, state, shape, from, remark], i) => ({
      op: data.words[op], name, state: data.words[state], shape: data.words[shape], from, to: [], remark: remark || "", findings: [],
      x: placed.items[i].x, row: placed.items[i].row, width: placed.items[i].width }));
    nodes.forEach((n, i) => n.from.forEach(p => nodes[p].to.push(i)));
    for (const [anchor, [i, severity, rule]] of Object.entries(data.findings)) nodes[i].findings.push({ anchor, severity, rule });
    for (const n of nodes) {
      n.text = [n.op, n.name, LABELS[n.state] ?? n.state, n.remark, ...n.findings.map(f => f.rule)].join(" ").toLowerCase();
    }
    const read = { ...placed, nodes, findings: data.findings };
    read.bounds = drawing.bounds(read);
    return read;
  }

  function open(id, finding) {
    if (!graphs.has(id)) graphs.set(id, read(id));
    graph = graphs.get(id);
    const head = document.getElementById(id).querySelector("code") || document.querySelector("h1");
    document.getElementById("explorer-title").textContent = head.textContent;
    showLegend();
    box.value = "";
    dialog.showModal();
    drawing.colours();
    const first = Object.values(graph.findings)[0];
    at = { x: 0, y: 0, k: 1 };
    search();
    select(finding ? graph.findings[finding][0] : first ? first[0] : 0);
    view.focus();
  }

  const draw = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      if (!dialog.open) return;
      drawing.paint(view, graph, at, selected, found);
      drawing.paintMap(map, graph, at, view);
    });
  };

  function move(x, y, k = at.k) {
    const [left, top, right, bottom] = graph.bounds;
    at = { x: Math.min(right, Math.max(left, x)), y: Math.min(bottom, Math.max(top, y)), k: Math.min(LARGEST, Math.max(SMALLEST, k)) };
    draw();
  }

  /** Scales around a point of the canvas, its middle by default. */
  function zoom(factor, px = view.clientWidth / 2, py = view.clientHeight / 2) {
    const k = Math.min(LARGEST, Math.max(SMALLEST, at.k * factor));
    const dx = px - view.clientWidth / 2, dy = py - view.clientHeight / 2;
    move(at.x + dx / at.k - dx / k, at.y + dy / at.k - dy / k, k);
  }

  /** The whole graph, but no smaller than shows anything. */
  function fit() {
    const [left, top, right, bottom] = graph.bounds;
    const whole = Math.min(view.clientWidth / (right - left + 40), view.clientHeight / (bottom - top));
    move((left + right) / 2, whole < FITTED ? at.y : (top + bottom) / 2, Math.min(1, Math.max(FITTED, whole)));
  }

  // --- The selected node

  const element = (name, text, ...classes) => {
    const e = document.createElement(name);
    e.textContent = text;
    if (classes.length) e.classList.add(...classes);
    return e;
  };
  const button = (text, action) => {
    const b = element("button", text);
    b.type = "button";
    b.addEventListener("click", action);
    return b;
  };

  function select(i) {
    selected = i;
    const n = graph.nodes[i];
    move(n.x, n.row * drawing.PITCH);
    const list = element("dl", "");
    const field = (name, ...values) => {
      if (values.some(v => v)) list.append(element("dt", name), ...values.map(v => { const d = element("dd", ""); d.append(v); return d; }));
    };
    field("Runs as", n.state && n.state !== "io" ? LABELS[n.state] ?? n.state : "");
    field("Quantizer", n.remark);
    field("Writes", n.shape);
    field("Findings", ...n.findings.map(f => {
      const a = element("a", f.rule), p = element("p", document.querySelector("#" + f.anchor + " .message").textContent);
      a.href = "#" + f.anchor;
      a.addEventListener("click", () => dialog.close());
      p.prepend(a, " ");
      return p;
    }));
    const link = j => button(graph.nodes[j].op + " " + graph.nodes[j].name, () => { select(j); aside.querySelector("button").focus(); });
    field("Reads from", ...n.from.slice(0, 20).map(link));
    field("Read by", ...n.to.slice(0, 20).map(link));
    aside.replaceChildren(element("h3", n.op), element("code", n.name), list);
  }

  // --- Search, and the legend, which searches

  function search() {
    const words = box.value.toLowerCase().split(/\s+/).filter(w => w);
    order = words.length ? graph.nodes.flatMap((n, i) => words.every(w => n.text.includes(w)) ? [i] : []) : [];
    found = new Set(order);
    output.textContent = words.length ? order.length + " found" : "";
    draw();
  }

  function go(step) {
    if (!order.length) return;
    const here = order.indexOf(selected);
    const next = here < 0 ? (step > 0 ? 0 : order.length - 1) : (here + step + order.length) % order.length;
    select(order[next]);
    output.textContent = next + 1 + " of " + order.length;
  }

  function showLegend() {
    const count = {};
    graph.nodes.forEach(n => { count[n.state] = (count[n.state] || 0) + 1; });
    legend.replaceChildren(...Object.keys(LABELS).filter(s => count[s]).map(s => {
      const b = button("", () => { box.value = LABELS[s].toLowerCase(); search(); go(1); });
      b.append(element("span", "", "swatch", "p-" + (s || "other")), LABELS[s] + " " + count[s]);
      const item = element("li", "");
      item.append(b);
      return item;
    }));
  }

  // --- Pointer and keys

  const pointers = new Map();
  let travelled = 0;
  const place = e => [e.clientX - view.getBoundingClientRect().left, e.clientY - view.getBoundingClientRect().top];
  const span = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); };
  view.addEventListener("pointerdown", e => {
    view.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, place(e));
    travelled = 0;
  });
  view.addEventListener("pointermove", e => {
    if (!pointers.has(e.pointerId)) return;
    const before = pointers.get(e.pointerId), now = place(e), wide = pointers.size === 2 ? span() : 0;
    pointers.set(e.pointerId, now);
    travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (wide) zoom(span() / wide, now[0], now[1]);
    else move(at.x - (now[0] - before[0]) / at.k, at.y - (now[1] - before[1]) / at.k);
  });
  const lift = e => {
    if (!pointers.delete(e.pointerId) || travelled > 4 || e.type !== "pointerup") return;
    const [x, y] = place(e);
    const i = drawing.hit(graph, at.x + (x - view.clientWidth / 2) / at.k, at.y + (y - view.clientHeight / 2) / at.k);
    if (i >= 0) select(i);
  };
  view.addEventListener("pointerup", lift);
  view.addEventListener("pointercancel", lift);
  view.addEventListener("wheel", e => {
    e.preventDefault();
    if (e.ctrlKey || e.metaKey) zoom(Math.exp(-e.deltaY / 200), ...place(e));
    else move(at.x + e.deltaX / at.k, at.y + e.deltaY / at.k);
  }, { passive: false });
  const jump = e => {
    const [left, top, right, bottom] = graph.bounds, frame = map.getBoundingClientRect();
    move(left + (e.clientX - frame.left) / frame.width * (right - left), top + (e.clientY - frame.top) / frame.height * (bottom - top));
  };
  map.addEventListener("pointerdown", e => { map.setPointerCapture(e.pointerId); jump(e); });
  map.addEventListener("pointermove", e => { if (e.buttons) jump(e); });

  const keys = {
    ArrowUp: () => select(graph.nodes[selected].from[0] ?? selected),
    ArrowDown: () => select(graph.nodes[selected].to[0] ?? selected),
    ArrowLeft: () => beside(-1),
    ArrowRight: () => beside(1),
    PageUp: () => move(at.x, at.y - view.clientHeight / at.k * 0.9),
    PageDown: () => move(at.x, at.y + view.clientHeight / at.k * 0.9),
    Home: () => select(0),
    End: () => select(graph.nodes.length - 1),
    "+": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: fit,
    "/": () => box.focus(),
  };
  const beside = step => {
    const row = [...graph.rows[graph.nodes[selected].row]].sort((a, b) => graph.nodes[a].x - graph.nodes[b].x);
    select(row[row.indexOf(selected) + step] ?? selected);
  };
  view.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || !Object.hasOwn(keys, e.key)) return;
    e.preventDefault();
    keys[e.key]();
  });
  const tools = { in: () => zoom(1.25), out: () => zoom(0.8), fit, close: () => dialog.close(), next: () => go(1), previous: () => go(-1) };
  dialog.addEventListener("click", e => {
    const tool = e.target.closest("button[value]");
    if (tool && tools[tool.value]) tools[tool.value]();
  });
  dialog.querySelector("form").addEventListener("submit", e => { e.preventDefault(); go(1); });
  box.addEventListener("input", () => { search(); if (order.length) move(graph.nodes[order[0]].x, graph.nodes[order[0]].row * drawing.PITCH); });
  new ResizeObserver(draw).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawing.colours(); draw(); });

  document.querySelectorAll("button[data-graph]").forEach(b => {
    b.hidden = false;
    b.addEventListener("click", () => open(b.dataset.graph, b.dataset.finding));
  });
})();
