// Taking the picture away: PNG made here, with title, day and caution drawn in; the other formats made by the server.

import { download } from "../api.js";
import { byId, el, save, toast } from "../dom.js";
import { theme } from "../page.js";
import { add, lang, t } from "../words.js";
import { ask } from "./dialog.js";
import { report } from "./report.js";
import { FONT, inks } from "./style.js";
import { rests, standing, visible } from "./visible.js";

const SERVED = ["svg", "csv", "graphml", "gexf", "json"];
const SCALE = 2;
const MARGIN = 32;
const BANDS = new Set(["high", "medium", "low"]);

/** The button in the toolbar; also reached by app.show("export"). */
export function mount(app) {
  app.offer("export", () => choose(app));
  byId("tools-more")?.append(el("button", { type: "button", class: "quiet", text: t("export.open"), data: { testid: "export" }, on: { click: () => choose(app) } }));
}

async function choose(app) {
  const shown = visible(app.model);
  if (!shown.nodes.length) return toast(t("export.empty"));
  const subject = app.model.subjects.get([...app.model.view.nodes].at(-1))?.subject;
  const formats = ["png", ...SERVED, ...(subject ? ["report"] : [])];
  const boxes = formats.map((format, at) => el("label", { class: "choice" },
    el("input", { type: "radio", name: "export-format", value: format, checked: at === 0, data: { testid: `export-${format}` } }), t(`export.${format}`, { name: subject?.name ?? "" })));
  const seed = app.model.subjects.get(app.model.doc.seed)?.subject?.name ?? "";
  const title = el("input", { value: seed, maxlength: "100", class: "wide", data: { testid: "export-title" } });
  const format = await ask(t("export.open"), [
    el("p", { class: "small soft", text: t("export.what", { nodes: shown.nodes.length, edges: shown.edges.length, day: app.asOf }) }),
    ...differs(app).map((text) => el("p", { class: "small soft", data: { testid: "export-differs" }, text })),
    el("fieldset", { class: "choices" }, el("legend", { text: t("export.format") }), ...boxes),
    el("label", { class: "field" }, t("export.title"), title),
  ], [
    { label: t("cancel"), value: null, testid: "no" },
    { label: t("report.save"), primary: true, testid: "yes", value: () => boxes.find((box) => box.firstChild.checked).firstChild.value },
  ]);
  if (!format) return;
  try {
    if (format === "report") await report(app, subject);
    else if (format === "png") save(`xinmai-${app.asOf}.png`, await picture(app, title.value.trim()));
    else await served(app, format, title.value.trim(), shown);
  } catch (error) {
    app.fail(error);
  }
}

/** What of the screen a file made by the server does not show as it stands there. */
function differs({ model }) {
  const { groups, nodes } = model.doc;
  const closed = Object.keys(groups).some((id) => groups[id].closed && Object.values(nodes).some((placed) => placed.group === id));
  const noted = Object.values(nodes).some((placed) => placed.note);
  return [closed && t("export.groups"), noted && t("export.notes")].filter(Boolean);
}

/** What the picture shows, so that the file holds the same: what is switched off, ended relations, nearness, what was not expanded. */
function wanted(app, format, title, shown) {
  const { nodes, filters } = app.model.doc;
  const positions = Object.fromEntries(shown.nodes.filter((id) => nodes[id].x !== null).map((id) => [id, [nodes[id].x, nodes[id].y]]));
  const near = shown.nodes.map((id) => [id, app.model.fact(id)]).filter(([, fact]) => BANDS.has(standing(fact)));
  const left = [...rests(app.model)].filter(([id]) => shown.nodes.includes(id));
  return {
    format, ids: shown.nodes, positions, as_of: app.asOf, title: title || undefined, lang: lang(),
    hidden_types: filters.types, ended: filters.ended, began_from: filters.since || undefined, began_to: filters.until || undefined,
    nearness: Object.fromEntries(near.map(([id, { band, score }]) => [id, { band, score: score ?? 0 }])), unexpanded: Object.fromEntries(left),
  };
}

async function served(app, format, title, shown) {
  const body = wanted(app, format, title, shown);
  const file = await app.busy((signal) => download("POST", "/api/export", body, { signal }), t("export.making"));
  if (file) { save(file.name, file.blob); toast(t("report.saved", { name: file.name })); }
}

/** The whole picture as a PNG blob on the theme's ground. */
export async function picture(app, title) {
  const ink = inks(theme());
  const drawn = await createImageBitmap(app.scene.cy.png({ output: "blob", full: true, scale: SCALE, bg: ink.ground, maxWidth: 8000, maxHeight: 8000 }));
  const lines = [[title, `bold ${18 * SCALE}px ${FONT}`, ink.strong], [t("export.day", { day: app.asOf }), `${12 * SCALE}px ${FONT}`, ink.label]].filter(([text]) => text);
  const foot = [t("caution"), `${11 * SCALE}px ${FONT}`, ink.label];
  const edge = MARGIN * SCALE;
  const head = lines.length * 26 * SCALE;
  const canvas = el("canvas", { width: Math.max(drawn.width, 420 * SCALE) + 2 * edge, height: drawn.height + head + 3 * edge });
  const pen = canvas.getContext("2d");
  pen.fillStyle = ink.ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  lines.forEach(([text, font, colour], at) => write(pen, text, font, colour, edge, edge + at * 26 * SCALE));
  pen.drawImage(drawn, (canvas.width - drawn.width) / 2, edge + head);
  write(pen, ...foot, edge, canvas.height - edge);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function write(pen, text, font, colour, x, y) {
  pen.font = font;
  pen.fillStyle = colour;
  pen.textBaseline = "middle";
  pen.fillText(text, x, y, pen.canvas.width - 2 * x);
}

add({
  "export.open": ["导出", "Export"],
  "export.empty": ["图是空的：先搜索一个主体。", "The picture is empty: search for a subject first."],
  "export.what": ["图中 {nodes} 个主体、{edges} 条关系，截至 {day}。", "{nodes} subjects and {edges} relations as of {day}."],
  "export.groups": ["收拢的分组在文件中逐个列出（PNG 除外）。", "Closed groups are opened in the file (not in PNG)."],
  "export.notes": ["记事的内容不随文件带走（PNG 上只有标记）。", "What notes say does not leave with the file (PNG shows their mark only)."],
  "export.format": ["格式", "Format"],
  "export.title": ["标题", "Title"],
  "export.png": ["图片 PNG", "Picture (PNG)"], "export.svg": ["矢量图 SVG", "Vector picture (SVG)"], "export.csv": ["表格 CSV（主体、关系两张，ZIP）", "Two tables, subjects and relations (CSV in a ZIP)"],
  "export.graphml": ["GraphML（yEd、Gephi）", "GraphML (yEd, Gephi)"], "export.gexf": ["GEXF（Gephi）", "GEXF (Gephi)"], "export.json": ["JSON", "JSON"],
  "export.report": ["报告：{name}", "Report on {name}"],
  "export.making": ["正在导出……", "Exporting …"],
  "export.day": ["截至 {day} · 信脉", "as of {day} · Xinmai"],
});
