// The pictures are complete without this script; it links them to the tables, zooms, and shows a layer's details.
(() => {
  const panes = [...document.querySelectorAll(".pane")];
  const layers = panes.map(p => JSON.parse(p.querySelector("script").textContent));
  const frame = pane => pane.querySelector(".frame");
  const picture = pane => pane.querySelector(".frame svg");

  function zoom(pane, factor) {
    const svg = picture(pane), view = frame(pane), box = svg.viewBox.baseVal;
    const before = svg.clientWidth / box.width;
    const after = Math.min(3, Math.max(0.08, before * factor));
    const middle = (view.scrollTop + view.clientHeight / 2) / before;
    svg.setAttribute("width", box.width * after);
    svg.setAttribute("height", box.height * after);
    view.scrollTop = middle * after - view.clientHeight / 2;
  }

  function fit(pane) {
    const svg = picture(pane);
    const width = (frame(pane).clientWidth - 20) / svg.viewBox.baseVal.width;
    zoom(pane, Math.min(1, width) * svg.viewBox.baseVal.width / svg.clientWidth);
  }

  // Readable at first: a network's input in sight, however wide the graph is.
  function start(pane) {
    const svg = picture(pane), view = frame(pane);
    fit(pane);
    zoom(pane, Math.max(1, 0.85 * svg.viewBox.baseVal.width / svg.clientWidth));
    view.scrollTop = 0;
    const input = pane.querySelector(".io");
    if (input) view.scrollLeft += input.getBoundingClientRect().left - view.getBoundingClientRect().left - view.clientWidth / 2;
  }

  function field(list, name, value) {
    if (value === undefined || value === "" || value.length === 0) return;
    const dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = name;
    dd.textContent = value;
    list.append(dt, dd);
  }

  const tensor = t => t.name + ": " + t.precision + " " + t.format + " " + t.shape;

  function describe(layer) {
    const list = document.createElement("dl");
    field(list, "layer", layer.name);
    field(list, "type", layer.type + (layer.origin ? " (" + layer.origin + ")" : ""));
    if (layer.micros !== undefined) field(list, "time", layer.micros.toFixed(1) + " µs");
    field(list, "reads", layer.inputs.map(tensor).join(", "));
    field(list, "writes", layer.outputs.map(tensor).join(", "));
    field(list, "ONNX nodes", layer.nodes.join(", "));
    field(list, "kernel", layer.tactic);
    return list;
  }

  /** Marks and describes the layers for which matches(pane)(element) holds; says how many there are. */
  function select(matches) {
    document.querySelectorAll(".sel").forEach(e => e.classList.remove("sel"));
    let n = 0;
    panes.forEach((pane, i) => {
      const found = [...pane.querySelectorAll("g.l")].filter(matches(i));
      found.forEach(g => g.classList.add("sel"));
      pane.querySelector(".detail").replaceChildren(...found.map(g => describe(layers[i][g.dataset.l])));
      n += found.length;
      if (found.length) {
        const view = frame(pane), at = found[0].getBoundingClientRect(), seen = view.getBoundingClientRect();
        view.scrollBy({ top: at.top - seen.top - seen.height / 3, left: at.left - seen.left - seen.width / 3 });
      }
    });
    return n;
  }

  const mark = row => row && row.classList.add("sel");
  function selectGroup(group) {
    select(() => g => g.dataset.g === group);
    mark(document.querySelector('tr[data-g="' + group + '"]'));
  }

  panes.forEach((pane, i) => {
    start(pane);
    pane.querySelectorAll("button").forEach(b => b.addEventListener("click", () =>
      b.dataset.zoom === "fit" ? fit(pane) : zoom(pane, Number(b.dataset.zoom))));
    let travelled = 0;
    pane.querySelectorAll("g.l").forEach(g => g.addEventListener("click", () => {
      if (travelled > 4) return;
      if (g.dataset.g === undefined) select(p => other => p === i && other === g);
      else selectGroup(g.dataset.g);
    }));
    const view = frame(pane);
    view.addEventListener("pointerdown", () => { travelled = 0; });
    view.addEventListener("pointermove", e => {
      if (e.buttons !== 1 || e.pointerType !== "mouse") return;
      view.scrollBy(-e.movementX, -e.movementY);
      travelled += Math.abs(e.movementX) + Math.abs(e.movementY);
    });
    view.addEventListener("wheel", e => {
      if (!e.ctrlKey) return;
      e.preventDefault();
      zoom(pane, Math.exp(-e.deltaY / 200));
    }, { passive: false });
  });

  // What a row is about becomes a button, for the keyboard.
  document.querySelectorAll(".picks tbody tr").forEach(row => {
    const cell = row.querySelector(".name"), button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    row.addEventListener("click", () => {
      if (row.dataset.g !== undefined) {
        selectGroup(row.dataset.g);
      } else {
        select(() => g => g.dataset.l === row.dataset.l);
        mark(row);
      }
    });
  });

  const form = document.querySelector(".find"), box = form.querySelector("input");
  form.addEventListener("submit", e => {
    e.preventDefault();
    const text = box.value.toLowerCase();
    const n = text ? select(p => g => {
      const l = layers[p][g.dataset.l];
      return (l.name + " " + l.nodes.join(" ")).toLowerCase().includes(text);
    }) : 0;
    form.querySelector("output").textContent = text ? n + " found" : "";
  });
})();
