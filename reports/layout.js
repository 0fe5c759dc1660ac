// Places the nodes of a graph in rows, producers above consumers, and routes its edges between the rows.
const layout = (() => {
  const WIDTH = 190, GAP = 24, BEND = 14;
  /** The shortest edges that cross so many rows together get a route around the nodes; the others are drawn straight. */
  const CROSSINGS = 100000;
  const SWEEPS = 4;

  /** Rows: below the lowest producer; what has no producer stands right above its first consumer. */
  function rows(from, to) {
    const row = from.map(() => 0);
    from.forEach((list, i) => { for (const p of list) row[i] = Math.max(row[i], row[p] + 1); });
    from.forEach((list, i) => {
      if (!list.length && to[i].length) row[i] = Math.max(0, Math.min(...to[i].map(t => row[t])) - 1);
    });
    return row;
  }

  /** The most rows that an edge with a route crosses. */
  function longest(from, row) {
    const spans = from.flatMap((list, i) => list.map(p => row[i] - row[p])).sort((a, b) => a - b);
    let sum = 0;
    return spans.find(span => (sum += span) > CROSSINGS) ?? Infinity;
  }

  /** Places as near to what is wanted as the order and the distances allow: pool adjacent violators. */
  function settle(items, wanted) {
    const blocks = [];
    let offset = 0;
    items.forEach((item, i) => {
      if (i) offset += (items[i - 1].width + item.width) / 2 + GAP;
      item.offset = offset;
      let block = { sum: wanted(item) - offset, count: 1, from: i };
      while (blocks.length && blocks.at(-1).sum / blocks.at(-1).count > block.sum / block.count) {
        const last = blocks.pop();
        block = { sum: last.sum + block.sum, count: last.count + block.count, from: last.from };
      }
      blocks.push(block);
    });
    blocks.forEach((block, b) => {
      const end = b + 1 < blocks.length ? blocks[b + 1].from : items.length;
      for (let i = block.from; i < end; i++) items[i].x = items[i].offset + block.sum / block.count;
    });
  }

  const middle = list => {
    const xs = list.map(o => o.x).sort((a, b) => a - b);
    return (xs[(xs.length - 1) >> 1] + xs[xs.length >> 1]) / 2;
  };

  /**
   * @param from for each node the places of what it reads, all of them before it
   * @returns items: x, row and width of each node; rows: places of nodes by row; segments: for each row those that leave it,
   *   {a, b, from, to}; long: edges without a route
   */
  return from => {
    const to = from.map(() => []);
    from.forEach((list, i) => list.forEach(p => to[p].push(i)));
    const row = rows(from, to);
    const items = from.map((_, i) => ({ row: row[i], width: WIDTH, up: [], down: [], x: 0 }));
    const grid = Array.from({ length: Math.max(0, ...row) + 1 }, () => []);
    items.forEach(item => grid[item.row].push(item));
    const segments = grid.map(() => []);
    const long = [];
    const limit = Math.max(2, longest(from, row));
    from.forEach((list, i) => list.forEach(p => {
      if (row[i] - row[p] >= limit) {
        long.push({ from: p, to: i });
        return;
      }
      let above = items[p];
      for (let r = row[p] + 1; r <= row[i]; r++) {
        const below = r === row[i] ? items[i] : { row: r, width: BEND, up: [], down: [], x: 0, bend: true };
        if (below.bend) grid[r].push(below);
        above.down.push(below);
        below.up.push(above);
        segments[r - 1].push({ a: above, b: below, from: p, to: i });
        above = below;
      }
    }));
    grid.forEach(list => settle(list, () => 0));
    const sweep = (lists, side) => lists.forEach(list => {
      list.forEach((item, i) => { item.rank = item[side].length ? middle(item[side]) : item.x; item.was = i; });
      list.sort((a, b) => a.rank - b.rank || a.was - b.was);
      settle(list, item => item.rank);
    });
    for (let i = 0; i < SWEEPS; i++) {
      sweep(grid, "up");
      sweep([...grid].reverse(), "down");
    }
    sweep(grid, "up");
    const byRow = grid.map(() => []);
    row.forEach((r, i) => byRow[r].push(i));
    return { items, rows: byRow, segments, long };
  };
})();
