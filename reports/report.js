"use strict";
// Everything is readable without this script; it sorts, filters, copies, and opens what a link points into.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    for (let e = target; e; e = e.parentElement) {
      if (e.tagName === "DETAILS") e.open = true;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  // A link to where the page already is changes no hash.
  addEventListener("click", e => { if (e.target.closest("a[href^='#']")) setTimeout(reveal); });
  reveal();

  // A picture wider than the page shrinks as long as it can be read; then it shows the finding's node first.
  const centre = finding => {
    const picture = finding.querySelector(".picture");
    const hit = picture && picture.querySelector(".hit");
    if (!hit || !picture.clientWidth || picture.scrollWidth <= picture.clientWidth) return;
    const svg = hit.closest("svg"), box = svg.viewBox.baseVal, scale = Math.max(0.65, (picture.clientWidth - 2) / box.width);
    svg.setAttribute("width", box.width * scale);
    svg.setAttribute("height", box.height * scale);
    const at = hit.getBoundingClientRect(), frame = picture.getBoundingClientRect();
    picture.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
  };
  all(".finding").forEach(f => { f.addEventListener("toggle", () => centre(f)); centre(f); });

  // Copy: the clipboard, or where a browser refuses that of a file, the selection.
  all("button.copy").forEach(button => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  });

  // A click on a column's head sorts by it, numbers downwards first.
  const value = (row, i) => row.cells[i].dataset.sort ?? row.cells[i].textContent.trim();
  const compare = (a, b) => isNaN(a) || isNaN(b) ? String(a).localeCompare(b, "en", { numeric: true }) : a - b;
  all("table.sortable").forEach(table => {
    all("thead th", table).forEach((head, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const down = before ? before === "ascending" : head.classList.contains("n");
        all("thead th", table).forEach(h => h.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (down ? -1 : 1) * compare(value(a, i), value(b, i)));
        table.tBodies[0].append(...rows);
      });
    });
  });

  const form = document.getElementById("filter");
  if (!form) return;
  const rows = all("main [data-severity]");
  const box = form.querySelector("input[type=search]");
  const kinds = all("input[type=checkbox]", form);
  const text = new Map(rows.map(r => [r, r.textContent.toLowerCase()]));

  const filter = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(w => w);
    const shown = new Set(kinds.filter(k => k.checked).map(k => k.value));
    let n = 0, of = 0;
    for (const row of rows) {
      const match = words.every(w => text.get(row).includes(w))
        && (!row.matches(".finding") || shown.has(row.dataset.severity));
      row.hidden = !match;
      if (!kinds.length || row.matches(".finding")) { n += match; of++; }
    }
    form.querySelector("output").textContent = n === of ? "" : n + " of " + of;
  };
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("input", filter);

  const order = form.querySelector("select");
  const number = id => Number(id.slice(id.lastIndexOf("f") + 1));
  const key = {
    order: f => number(f.id),
    rule: f => f.dataset.rule,
    node: f => Number(f.dataset.node),
  };
  if (order) {
    order.addEventListener("change", () => all(".findings").forEach(list => list.append(...all(".finding", list)
      .sort((a, b) => compare(key[order.value](a), key[order.value](b)) || number(a.id) - number(b.id)))));
  }
  const unfold = document.getElementById("unfold");
  if (unfold) {
    unfold.addEventListener("click", () => {
      const findings = rows.filter(r => r.matches(".finding") && !r.hidden);
      const open = findings.some(f => !f.open);
      findings.forEach(f => { f.open = open; });
      unfold.textContent = open ? "Fold all" : "Unfold all";
    });
  }
  form.hidden = false;
})();
