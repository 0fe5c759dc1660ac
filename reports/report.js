"use strict";
// Everything is readable without this script; it adds the filter and opens what a link points into.
(() => {
  const rows = [...document.querySelectorAll("[data-severity]")];
  const form = document.getElementById("filter");

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    for (let e = target; e; e = e.parentElement) {
      if (e.tagName === "DETAILS") e.open = true;
    }
    if (target) target.scrollIntoView();
  };
  // A picture wider than the page shows the finding's node first.
  const centre = finding => {
    const picture = finding.querySelector(".picture");
    const hit = picture && picture.querySelector(".hit");
    if (!hit || picture.scrollWidth <= picture.clientWidth) return;
    const at = hit.getBoundingClientRect(), frame = picture.getBoundingClientRect();
    picture.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
  };
  rows.forEach(r => { r.addEventListener("toggle", () => centre(r)); centre(r); });
  addEventListener("hashchange", reveal);
  reveal();

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = rows.filter(r => r.tagName === "DETAILS" && !r.open);
    folded.forEach(r => { r.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach(r => { r.open = false; }));

  if (!form) return;
  const box = form.querySelector("input[type=search]");
  const kinds = [...form.querySelectorAll("input[type=checkbox]")];
  const unfold = document.getElementById("unfold");
  const text = new Map(rows.map(r => [r, r.textContent.toLowerCase()]));
  const groups = [...document.querySelectorAll(".rule")];

  const apply = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(w => w);
    const shown = new Set(kinds.filter(k => k.checked).map(k => k.value));
    let n = 0;
    for (const row of rows) {
      const group = row.closest(".rule");
      const head = group ? group.querySelector("h3").textContent.toLowerCase() : "";
      const match = (!kinds.length || shown.has(row.dataset.severity))
        && words.every(w => text.get(row).includes(w) || head.includes(w));
      row.hidden = !match;
      n += match;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-severity]:not([hidden])");
    form.querySelector("output").textContent = n === rows.length ? "" : n + " of " + rows.length;
  };
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("input", apply);
  if (unfold) {
    unfold.addEventListener("click", () => {
      const open = rows.some(r => !r.hidden && !r.open);
      rows.filter(r => !r.hidden).forEach(r => { r.open = open; });
      unfold.textContent = open ? "Fold all" : "Unfold all";
    });
  }
  form.hidden = false;
})();
