"use strict";
/* The interactive picture. Texts reach the page through textContent and canvas only, never as markup. */
window.__library.then(() => {
  const scene = JSON.parse(document.getElementById("scene").textContent);
  const { theme, words } = scene;
  const [W, H] = theme.card;
  const byId = (id) => document.getElementById(id);
  const box = byId("canvas");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scheme = () => (dark.matches ? theme.dark : theme.light);
  const outlines = Object.fromEntries(Object.entries(theme.outline).map(([k, ds]) => [k, ds.map((d) => new Path2D(d))]));
  const cards = new Map(scene.nodes.map((n) => [n.id, n]));
  const asked = scene.nodes[0].id;
  const lines = scene.edges.map((e) => ({ ...e, path: new Path2D(e.way) }));
  const linesOf = new Map();
  for (const line of lines)
    for (const end of [line.from, line.to]) linesOf.set(end, [...(linesOf.get(end) || []), line]);
  let lit = null; // keys of the cards and lines in focus; null: all
  let chainOnly = false;
  let touched = false;

  const shown = (thing) => !chainOnly || thing.chain;
  const faded = (key) => lit !== null && !lit.has(key);

  /* --- drawing ------------------------------------------------------------------------------------- */
  function drawCard({ ctx, id, x, y, state }) {
    const card = cards.get(id), look = theme.look[card.risk];
    const [line, fill, ink] = scheme().node[card.risk];
    const black = card.risk === "negative";
    const drawNode = () => {
      ctx.save();
      ctx.translate(x, y);
      ctx.globalAlpha = faded(id) ? 0.22 : 1;
      if (state.hover || state.selected) { ctx.shadowColor = "rgba(31,78,140,.45)"; ctx.shadowBlur = 14; }
      const [outer, inner, ring] = outlines[card.kind];
      ctx.fillStyle = fill; ctx.fill(outer);
      ctx.shadowBlur = 0;
      ctx.setLineDash(look.dash); ctx.lineWidth = look.border; ctx.strokeStyle = line; ctx.stroke(outer);
      if (look.double) { ctx.lineWidth = 1; ctx.strokeStyle = black ? "#fff" : line; ctx.stroke(inner); }
      ctx.setLineDash([]);
      if (id === asked) {
        ctx.lineWidth = 2; ctx.strokeStyle = scheme().asked; ctx.stroke(ring);
        text(ctx, `◎ ${words.asked}`, -W / 2, -H / 2 - 12, `600 11px ${theme.font}`, scheme().asked, "left");
      }
      drawWords(ctx, card, look, line, ink, black);
      ctx.restore();
    };
    return { drawNode, nodeDimensions: { width: W, height: H } };
  }

  function drawWords(ctx, card, look, line, ink, black) {
    const left = 37 - W / 2, rows = card.label.split("\n");
    ctx.textBaseline = "alphabetic";
    if (net && net.getScale() < 0.36) { // too small to read: the name alone, larger
      text(ctx, [...rows.join("")].slice(0, 7).join(""), 0, 9, `600 23px ${theme.font}`, ink, "center");
      return;
    }
    ctx.beginPath(); ctx.arc(21 - W / 2, 0, 10.5, 0, 7); ctx.fillStyle = black ? "#fff" : line; ctx.fill();
    const glyphInk = black ? "#000" : dark.matches ? "#121212" : "#fff";
    text(ctx, card.glyph, 21 - W / 2, 4, `600 11px ${theme.font}`, glyphInk, "center");
    const top = rows.length > 1 ? -12 : -4;
    rows.forEach((row, i) => text(ctx, row, left, top + 15 * i, `600 12.5px ${theme.font}`, ink, "left"));
    const y = top + 15 * rows.length + 2, font = `500 ${theme.em.tag}px ${theme.font}`;
    if (card.risk === "none" || card.risk === "stub") return text(ctx, card.tag, left, y + 1, font, ink, "left");
    ctx.font = font;
    ctx.fillStyle = look.chip;
    ctx.beginPath(); ctx.roundRect(left - 1, y - 10, ctx.measureText(card.tag).width + 10, 14, 3); ctx.fill();
    text(ctx, card.tag, left + 4, y + 1, font, look.chipText, "left");
  }

  function text(ctx, words, x, y, font, ink, align) {
    ctx.font = font; ctx.fillStyle = ink; ctx.textAlign = align; ctx.fillText(words, x, y);
  }

  function drawLines(ctx) {
    const ink = scheme().edge, near = net.getScale() >= 0.42;
    for (const line of lines) if (shown(line)) drawLine(ctx, line, ink);
    if (near) for (const line of lines) if (shown(line) && line.spot && !faded(line.id)) drawLabel(ctx, line, ink);
  }

  function drawLine(ctx, line, ink) {
    const colour = line.chain ? ink.chain : ink.plain, [x, y, way] = line.tip;
    ctx.save();
    ctx.globalAlpha = faded(line.id) ? 0.15 : 1;
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = line.width + (line.chain ? 0.6 : 0);
    ctx.setLineDash(line.dashes || []);
    ctx.stroke(line.path);
    if (line.arrows) {
      ctx.beginPath(); ctx.moveTo(x, y); ctx.lineTo(x - 9 * way, y - 4.5); ctx.lineTo(x - 9 * way, y + 4.5); ctx.fill();
    }
    ctx.restore();
  }

  function drawLabel(ctx, line, ink) {
    const [x, y, w, h] = line.spot;
    ctx.fillStyle = ink.halo;
    ctx.fillRect(x - w / 2, y - h / 2, w, h);
    line.label.split("\n").forEach((row, i) =>
      text(ctx, row, x, y - h / 2 + theme.em.line - 3 + i * theme.em.line, `${theme.em.label}px ${theme.font}`, ink.label, "center"));
  }

  /* --- the network --------------------------------------------------------------------------------- */
  let net = null;
  const nodes = new vis.DataSet(scene.nodes.map((n) => ({ id: n.id, x: n.x, y: n.y, title: n.title, shape: "custom", size: H / 2, ctxRenderer: drawCard })));
  /* Our own lines are drawn under the cards; the library keeps them only to know who is joined to whom. */
  const edges = new vis.DataSet(scene.edges.map((e) => ({ id: e.id, from: e.from, to: e.to, hidden: true })));
  document.documentElement.classList.add("live");
  const extent = scene.nodes.reduce(
    (b, n) => [Math.min(b[0], n.x - W / 2 - 16), Math.min(b[1], n.y - H / 2 - 30), Math.max(b[2], n.x + W / 2 + 16), Math.max(b[3], n.y + H / 2 + 16)],
    [Infinity, Infinity, -Infinity, -Infinity]);
  const [wide, high] = [extent[2] - extent[0], extent[3] - extent[1]];
  const startScale = Math.min(1.05, Math.max(0.62, Math.min(box.clientWidth / wide, 640 / high)));
  box.style.height = `${Math.round(Math.min(680, Math.max(300, high * startScale + 24)))}px`;
  net = new vis.Network(box, { nodes, edges }, JSON.parse(scene.options));
  net.on("beforeDrawing", drawLines);

  /* Where the view may look at without leaving the picture. */
  function within(x, low, tall, room) { return tall <= room ? low + tall / 2 : Math.min(low + tall - room / 2, Math.max(low + room / 2, x)); }
  function look(scale, x, y, animation) {
    const at = { x: within(x, extent[0], wide, box.clientWidth / scale), y: within(y, extent[1], high, box.clientHeight / scale) };
    net.moveTo({ position: at, scale, animation: animation || false });
  }
  const home = () => look(startScale, chainSide() * 0.28 * box.clientWidth / startScale, 0);
  const chainSide = () => (scene.nodes.some((n) => n.x > 0) ? 1 : 0) - (scene.nodes.some((n) => n.x < 0) ? 0.6 : 0);
  const whole = () => look(Math.min(1.05, box.clientWidth / wide, box.clientHeight / high), 0, 0, calm ? false : { duration: 250 });
  home();
  net.once("afterDrawing", () => { document.documentElement.dataset.drawn = String(Math.round(performance.now())); });
  net.on("zoom", () => { touched = true; });
  addEventListener("resize", () => { if (!touched) home(); });
  dark.addEventListener("change", () => net.redraw());

  net.on("dragging", ({ nodes: moved }) => {
    touched = true;
    hint(null);
    for (const key of moved) for (const line of linesOf.get(key) || []) reroute(line);
  });

  /* A card was moved by hand: its lines run straight from side to side. */
  function reroute(line) {
    const { [line.from]: a, [line.to]: b } = net.getPositions([line.from, line.to]);
    const way = b.x >= a.x ? 1 : -1;
    const beside = Math.abs(b.x - a.x) > W;
    const x1 = a.x + (way * W) / 2, x2 = beside ? b.x - (way * W) / 2 : b.x + (way * W) / 2;
    const [c1, c2] = beside ? [(x1 + x2) / 2, (x1 + x2) / 2] : Array(2).fill((way > 0 ? Math.max(x1, x2) : Math.min(x1, x2)) + way * 58);
    line.path = new Path2D(`M${x1} ${a.y}C${c1} ${a.y} ${c2} ${b.y} ${x2} ${b.y}`);
    line.tip = [x2, b.y, beside ? way : -way];
    if (line.spot) line.spot = [beside ? c1 : (x1 + x2) / 4 + c1 / 2, (a.y + b.y) / 2, line.spot[2], line.spot[3]];
  }

  /* --- asking the picture -------------------------------------------------------------------------- */
  const probe = document.createElement("canvas").getContext("2d");
  function lineAt(dom) {
    const { x, y } = net.DOMtoCanvas(dom);
    probe.lineWidth = 12 / Math.max(0.4, net.getScale());
    return [...lines].reverse().find((line) => shown(line) && probe.isPointInStroke(line.path, x, y));
  }

  function part(tag, words, name) {
    const made = document.createElement(tag);
    made.textContent = words;
    if (name) made.className = name;
    return made;
  }

  function panel(title, facts, links, key) {
    const made = [part("h4", title), ...facts.map((fact) => part("p", fact))];
    if (links.length) {
      const list = part("div", "", "part");
      list.append(part("p", words.links), ...links.map((fact) => part("p", fact)));
      made.push(list);
    }
    byId("told").replaceChildren(...made);
    const at = net.canvasToDOM(net.getPosition(key)); // open on the other side of what was asked
    byId("panel").classList.toggle("left", at.x > box.clientWidth / 2);
    byId("panel").hidden = false;
  }

  function light(keys) {
    lit = keys ? new Set(keys) : null;
    for (const row of document.querySelectorAll("tr[data-key]")) row.classList.toggle("lit", Boolean(keys) && keys.length < 3 && lit.has(row.dataset.key));
    net.redraw();
  }

  function openCard(key) {
    const own = (linesOf.get(key) || []).filter(shown);
    const [title, ...facts] = cards.get(key).title.split("\n");
    light([key, ...own.flatMap((line) => [line.id, line.from, line.to])]);
    panel(title, facts, own.flatMap((line) => line.title.split("\n")).filter(Boolean).slice(0, 40), key);
  }

  function openLine(line) {
    light([line.id, line.from, line.to]);
    const ends = [line.from, line.to].map((key) => cards.get(key).title.split("\n")[0]);
    panel(ends.join(line.arrows ? " → " : " — "), line.title.split("\n"), [], line.to);
  }

  function close() {
    byId("panel").hidden = true;
    net.unselectAll();
    light(null);
  }

  net.on("click", ({ nodes: hit, pointer }) => {
    if (hit.length) return openCard(hit[0]);
    const line = lineAt(pointer.DOM);
    return line && line.title ? openLine(line) : close();
  });

  function hint(line, x, y) {
    const shownHint = byId("hint");
    shownHint.hidden = !line;
    if (!line) return;
    shownHint.textContent = line.title;
    shownHint.style.left = `${Math.min(x + 14, Math.max(0, box.clientWidth - 392))}px`;
    shownHint.style.top = `${y + 62}px`;
  }
  box.addEventListener("mousemove", (event) => {
    const area = box.getBoundingClientRect(), dom = { x: event.clientX - area.left, y: event.clientY - area.top };
    const line = net.getNodeAt(dom) ? null : lineAt(dom);
    hint(line && line.title ? line : null, dom.x, dom.y);
  });
  box.addEventListener("mouseleave", () => hint(null));

  function showKeys(keys) {
    const set = new Set(keys);
    const between = lines.filter((line) => set.has(line.from) && set.has(line.to)).map((line) => line.id);
    light([...keys, ...between]);
    net.fit({ nodes: keys, maxZoomLevel: 1, animation: calm ? false : { duration: 300 } });
    box.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) return showKeys(button.dataset.show.split(" "));
    const row = event.target.closest("tr[data-key]");
    if (!row) return undefined;
    const line = lines.find((one) => one.id === row.dataset.key);
    showKeys(line ? [line.from, line.to] : [row.dataset.key]);
    return line ? openLine(line) : openCard(row.dataset.key);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  byId("fit").onclick = whole;
  byId("in").onclick = () => net.moveTo({ scale: net.getScale() * 1.25 });
  byId("out").onclick = () => net.moveTo({ scale: net.getScale() / 1.25 });
  byId("close").onclick = close;
  byId("chain").onclick = (event) => {
    chainOnly = !chainOnly;
    event.target.setAttribute("aria-pressed", String(chainOnly));
    nodes.update(scene.nodes.map((n) => ({ id: n.id, hidden: !shown(n) })));
  };
  byId("chain").hidden = scene.nodes.every((n) => n.chain) || !lines.some((line) => line.chain);
  byId("save").onclick = () => {
    const drawing = document.querySelector("figure svg").cloneNode(true);
    const style = document.createElementNS(drawing.namespaceURI, "style");
    style.textContent = [...document.styleSheets].flatMap((s) => [...s.cssRules]).filter((r) => /^\.xm /.test(r.cssText)).map((r) => r.cssText).join("");
    drawing.prepend(style);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" }));
    link.download = `${words.file.replace(/[\\/:*?"<>|]/g, "_")}.svg`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  /* For tests: the model, not the pixels. */
  window.__report = {
    state: () => ({ nodes: nodes.length, edges: edges.length, scale: net.getScale(), lit: lit && [...lit], chainOnly, panel: byId("panel").hidden ? null : byId("told").textContent }),
    at: (key) => { const p = net.canvasToDOM(net.getPosition(key)), area = box.getBoundingClientRect(); return { x: p.x + area.left, y: p.y + area.top }; },
    middle: (id) => { const line = lines.find((one) => one.id === id); const [a, b] = [line.from, line.to].map((k) => net.getPosition(k)); const p = net.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }), area = box.getBoundingClientRect(); return { x: p.x + area.left, y: p.y + area.top }; },
  };
});
