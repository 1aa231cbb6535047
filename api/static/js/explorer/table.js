// The picture as two tables, subjects and relations: sorted, filtered, linked both ways with the selection, taken away as CSV.

import { byId, el, fill, save } from "../dom.js";
import { add, percent, say, t } from "../words.js";
import { codeOf, kindText, listText } from "./pieces.js";
import { shareOf } from "./sentences.js";
import { visible } from "./visible.js";

const PAGE = 200;
const state = { what: "nodes", sort: { nodes: ["score", -1], edges: ["type", 1] }, filter: "", shown: PAGE };

const COLUMNS = {
  nodes: {
    name: (one) => one.subject.name, kind: (one) => kindText(one.subject), code: (one) => codeOf(one.subject), status: (one) => one.subject.status ?? "",
    listed: (one) => (one.listed ?? []).map((entry) => listText(entry.list)).join("、"), score: (one) => one.score ?? "", degree: (one) => one.degree ?? "", note: (one) => one.note ?? "",
  },
  edges: {
    source: (one) => one.names[0], type: (one) => say("relations", one.type), target: (one) => one.names[1], share: (one) => shareOf(one), title: (one) => one.title ?? "",
    since: (one) => one.since ?? "", until: (one) => one.until ?? "", seen: (one) => one.seen_on ?? "", record: (one) => one.record ?? "",
  },
};
/** Columns whose cells are not broken. */
const WHOLE = new Set(["score", "kind", "code", "status", "since", "until", "seen"]);
const NUMBERS = { score: (one) => one.score ?? -1, degree: (one) => one.degree ?? -1, share: (one) => one.ratio ?? -1 };

/** Keep #table in step with the model while it is in sight. */
export function mount(app) {
  const { model } = app;
  const draw = () => { if (model.view.mode === "table") fill(byId("table"), page(app)); };
  model.on("view", (change) => { if (change?.mode) draw(); else if (change?.selected) mark(app); });
  for (const what of ["doc", "facts"]) model.on(what, draw);
}

function rowsOf(app) {
  const { model } = app;
  const shown = visible(model);
  const nodes = shown.nodes.map((id) => ({ key: id, subject: { id, name: id, kind: "" }, ...model.fact(id), note: model.doc.nodes[id].note }));
  const name = (id) => model.subjects.get(id)?.subject.name ?? id;
  const edges = shown.edges.map((edge) => ({ ...edge, names: [name(edge.source), name(edge.target)] }));
  return { nodes, edges };
}

/** The rows of the chosen table, filtered and sorted. */
function chosen(app) {
  const columns = COLUMNS[state.what];
  const wanted = state.filter.trim().toLowerCase();
  const rows = rowsOf(app)[state.what].filter((row) => !wanted || Object.values(columns).some((value) => String(value(row)).toLowerCase().includes(wanted)));
  const [by, way] = state.sort[state.what];
  const value = NUMBERS[by] ?? columns[by];
  return rows.sort((a, b) => way * compare(value(a), value(b)) || compare(a.key, b.key));
}

const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN"));

function page(app) {
  const counts = rowsOf(app);
  const body = el("div", { class: "table-body" });
  const redraw = () => fill(body, grid(app, redraw));
  const tabs = ["nodes", "edges"].map((what) => el("button", { type: "button", "aria-pressed": String(state.what === what), data: { testid: `table-${what}` }, text: `${t(`table.${what}`)} ${counts[what].length}`,
    on: { click: () => { Object.assign(state, { what, shown: PAGE }); fill(byId("table"), page(app)); } } }));
  const filter = el("input", { type: "search", value: state.filter, placeholder: t("table.filter"), "aria-label": t("table.filter"), data: { testid: "table-filter" }, on: { input: () => { Object.assign(state, { filter: filter.value, shown: PAGE }); redraw(); } } });
  redraw();
  return el("div", { class: "tables" }, el("div", { class: "table-bar" }, el("div", { class: "segmented", role: "group", "aria-label": t("table.what") }, ...tabs), filter,
    el("button", { type: "button", data: { testid: "table-csv" }, text: t("table.csv"), on: { click: () => save(`xinmai-${state.what}-${app.asOf}.csv`, csv(app), "text/csv;charset=utf-8") } })), body);
}

function grid(app, redraw) {
  const rows = chosen(app);
  const columns = Object.keys(COLUMNS[state.what]);
  const [by, way] = state.sort[state.what];
  const head = columns.map((name) => el("th", { scope: "col", "aria-sort": by === name ? (way > 0 ? "ascending" : "descending") : "none", class: name in NUMBERS ? "num" : "" },
    el("button", { type: "button", class: "sort", data: { testid: `sort-${name}` }, text: `${t(`column.${name}`)}${by === name ? (way > 0 ? " ▲" : " ▼") : ""}`, on: { click: () => { state.sort[state.what] = [name, by === name ? -way : name in NUMBERS ? -1 : 1]; redraw(); byId("table").querySelector(`[data-testid="sort-${name}"]`)?.focus(); } } })));
  const table = el("table", { class: "grid small", data: { testid: "table-grid" } }, el("caption", { class: "sr", text: t(`table.${state.what}`) }), el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...rows.slice(0, state.shown).map((row) => line(app, row, columns))));
  const more = rows.length > state.shown ? el("button", { type: "button", text: t("exposure.more", { n: rows.length - state.shown }), on: { click: () => { state.shown += 1000; redraw(); } } }) : null;
  return [rows.length ? table : el("p", { class: "empty", text: t(state.filter ? "table.nothing" : "table.empty") }), more];
}

function line(app, row, columns) {
  const what = state.what;
  const pick = (event) => {
    const many = event.ctrlKey || event.metaKey || event.shiftKey;
    const now = app.model.view[what];
    const next = many ? new Set(now) : new Set();
    if (many && now.has(row.key)) next.delete(row.key);
    else next.add(row.key);
    app.model.select(what === "nodes" ? [...next] : [], what === "edges" ? [...next] : []);
  };
  const cells = columns.map((name, at) => {
    const text = cell(row, name);
    return at === 0 ? el("th", { scope: "row" }, el("button", { type: "button", class: "name", text, on: { click: (event) => { event.stopPropagation(); pick(event); } } })) : el("td", { class: name in NUMBERS ? "num whole" : WHOLE.has(name) ? "whole" : "", text });
  });
  return el("tr", { class: app.model.view[what].has(row.key) ? "selected" : "", data: { testid: "table-row", key: row.key }, on: { click: pick } }, ...cells);
}

function cell(row, name) {
  const value = COLUMNS[state.what][name](row);
  if (name === "score") return value === "" ? "" : `${say("bands", row.band)} ${Number(value).toFixed(2)}`;
  return String(value);
}

/** The selection, on the rows in sight. */
function mark(app) {
  if (app.model.view.mode !== "table") return;
  for (const row of byId("table").querySelectorAll("[data-key]")) row.classList.toggle("selected", app.model.view[state.what].has(row.dataset.key));
}

/** A cell that a spreadsheet would take for a formula is shown as text; quotes as the format wants. */
export function guarded(value) {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv(app) {
  const columns = COLUMNS[state.what];
  const share = (row, name) => (name === "share" && row.ratio !== null && row.ratio !== undefined ? percent(row.ratio) : columns[name](row));
  // Rows are copied out of files: each carries its day and the caution.
  const heads = [...Object.keys(columns).map((name) => t(`column.${name}`)), t("column.day"), t("column.caution")];
  const rows = chosen(app).map((row) => [...Object.keys(columns).map((name) => share(row, name)), app.asOf, t("caution")]);
  const lines = [heads, ...rows].map((cells) => cells.map(guarded));
  return `\uFEFF${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}

add({
  "table.nodes": ["主体", "Subjects"], "table.edges": ["关系", "Relations"], "table.what": ["看哪张表", "Which table"],
  "table.filter": ["筛选这张表……", "Filter this table …"],
  "table.csv": ["下载 CSV", "Download CSV"],
  "table.empty": ["图是空的：先搜索一个主体。", "The picture is empty: search for a subject first."],
  "table.nothing": ["没有符合的行。", "No row fits."],
  "column.name": ["名称", "Name"], "column.kind": ["类别", "Kind"], "column.code": ["编号", "Code"], "column.status": ["状态", "Status"], "column.listed": ["在列", "Listed"],
  "column.score": ["接近", "Nearness"], "column.degree": ["关系数", "Relations"], "column.note": ["记事", "Note"],
  "column.source": ["从", "From"], "column.type": ["关系", "Relation"], "column.target": ["到", "To"], "column.share": ["比例", "Share"], "column.title": ["职务", "Title"],
  "column.since": ["起", "Since"], "column.until": ["止", "Until"], "column.seen": ["信息截至", "Seen on"], "column.record": ["出处", "Record"],
  "column.day": ["基准日", "As of"], "column.caution": ["提示", "Caution"],
});
