// The result of a comparison: totals as tiles, lots as matrices or pairs as a list, the chosen pair beside them.

import { get } from "../api.js";
import { announce, el, fill } from "../dom.js";
import { downloads } from "../screening/downloads.js";
import { t } from "../words.js";
import { ROOM, matrix } from "./matrix.js";
import { pair, verdict } from "./pair.js";
import { VERDICTS } from "./words.js";

const PAGE = 50;
const PAUSE = 250; // ms after the last key

/** Draw the result of a job in `box`. */
export async function result(box, job) {
  const asked = { decision: "", text: "", skip: 0 };
  const first = await get(`/api/jobs/${job.id}/result`, { limit: PAGE });
  const tiles = el("div", { class: "tiles four", role: "group", "aria-label": t("bid.tiles") });
  const chosen = el("aside", { class: "card chosen", "aria-live": "polite", data: { testid: "chosen" } }, el("p", { class: "soft", text: t("bid.choose") }));
  const lots = el("div", { class: "lots" }, ...first.lots.map((lot) => lotOf(lot, show)));
  const count = el("p", { class: "soft small" });
  const rows = el("div", {});
  const pages = el("div", { class: "line pages" });
  const search = el("input", { type: "search", placeholder: t("bid.find"), "aria-label": t("bid.find"), maxlength: 100, data: { testid: "find" } });
  const list = el("div", { hidden: true }, search, count, rows, pages);
  let timer = 0;
  let latest = 0;

  async function show(cell) {
    for (const button of box.querySelectorAll("[data-key]")) button.setAttribute("aria-pressed", String(button.dataset.key === cell.key));
    try {
      fill(chosen, pair(job, await get(`/api/jobs/${job.id}/entries/${encodeURIComponent(cell.key)}`)));
      chosen.querySelector("h3").focus();
    } catch (error) {
      fill(chosen, el("p", { class: "error", role: "alert", text: error.message }));
    }
  }
  async function load() {
    latest += 1;
    const mine = latest;
    try {
      const page = await get(`/api/jobs/${job.id}/result`, { ...asked, limit: PAGE });
      if (mine === latest) draw(page);
    } catch (error) {
      if (mine === latest) fill(rows, el("p", { class: "error", role: "alert", text: error.message }));
    }
  }
  function draw(page) {
    count.textContent = page.total ? t("bid.found", { total: page.total, from: asked.skip + 1, to: asked.skip + page.pairs.length }) : "";
    announce(count.textContent || t("bid.none"));
    fill(rows, page.pairs.length ? pairs(page.pairs, page.unit, show) : el("p", { text: t("bid.none"), data: { testid: "none" } }));
    const turn = (skip) => { asked.skip = skip; load(); };
    fill(pages, ...(page.total > PAGE ? [
      el("button", { type: "button", disabled: asked.skip === 0, text: t("res.prev"), on: { click: () => turn(asked.skip - PAGE) } }),
      el("button", { type: "button", disabled: !page.more, text: t("res.next"), on: { click: () => turn(asked.skip + PAGE) } }),
    ] : []));
  }
  function drawTiles() {
    fill(tiles, ...["prohibited", "alert", "none", "partners"].map((code) => tile(code, first.summary[code], asked.decision, choose)));
  }
  function choose(code) {
    asked.decision = asked.decision === code ? "" : code;
    asked.skip = 0;
    for (const table of lots.querySelectorAll("table.matrix")) table.dataset.only = asked.decision;
    for (const lot of lots.querySelectorAll("[data-lot]")) lot.hidden = Boolean(asked.decision) && !Number(lot.dataset[asked.decision]);
    drawTiles();
    tiles.querySelector(`[data-testid=tile-${code}]`)?.focus();
    load();
  }
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { asked.text = search.value; asked.skip = 0; load(); }, PAUSE);
  });
  drawTiles();
  draw(first);
  fill(box,
    el("p", { class: `${tone(first)} first`, text: first.headline, data: { testid: "headline" } }),
    el("p", { class: "soft small", text: first.context }),
    tiles,
    el("div", { class: "line tools" }, views(lots, list), el("span", { class: "soft small", text: t("bid.legend") }), downloads(job)),
    el("div", { class: "board" }, el("div", {}, lots, list), chosen),
    groups(first), consortia(first), undone(first),
    el("p", { class: "caution", text: first.closing }));
}

/** How the first line looks: green only where nothing was found and nothing left out. */
function tone(page) {
  if (page.summary.prohibited) return "error";
  return page.summary.alert || page.missing || !page.complete ? "caution" : "good";
}

function tile(code, number, decision, choose) {
  const filters = code === "prohibited" || code === "alert";
  const children = [el("span", { class: "word" }, el("span", { class: "mark", "aria-hidden": "true", text: VERDICTS[code][0] }), t(`verdict.${code}`)),
    el("strong", { text: String(number) }), el("span", { class: "hint", text: t(code === "none" ? "means.none2" : `means.${code}`) })];
  if (!filters) return el("div", { class: `tile ${code}`, data: { testid: `tile-${code}` } }, ...children);
  return el("button", { type: "button", class: `tile ${code}`, "aria-pressed": String(decision === code), data: { testid: `tile-${code}` }, on: { click: () => choose(code) } }, ...children);
}

function views(lots, list) {
  const button = (name, on) => el("button", { type: "button", "aria-pressed": String(on), text: t(`bid.${name}`), data: { testid: `view-${name}` }, on: { click: () => turn(name) } });
  const buttons = { matrix: button("matrix", true), list: button("list", false) };
  function turn(name) {
    lots.hidden = name === "list";
    list.hidden = name !== "list";
    for (const [key, made] of Object.entries(buttons)) made.setAttribute("aria-pressed", String(key === name));
  }
  return el("div", { class: "line", role: "group", "aria-label": t("bid.view") }, buttons.matrix, buttons.list);
}

function lotOf(lot, show) {
  return el("section", { class: "lot", data: { lot: lot.number, prohibited: lot.totals.prohibited, alert: lot.totals.alert } },
    el("h3", { text: lot.name }), el("p", { class: "soft small", text: lot.counts }),
    lot.members.length <= ROOM ? matrix(lot, show) : el("p", { class: "caution", text: t("bid.wide", { n: lot.members.length }) }));
}

function pairs(cells, unit, show) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("bid.list") }, el("table", { class: "pairs", data: { testid: "pairs" } },
    el("thead", {}, el("tr", {}, ...[t("bid.level"), unit, t("bid.two"), t("bid.main")].map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...cells.map((cell) => el("tr", {},
      el("td", {}, verdict(cell.verdict)), el("td", { text: cell.lot }),
      el("td", {}, el("button", { type: "button", class: "opens", data: { key: cell.key, testid: `open-${cell.key}` }, on: { click: () => show(cell) } }, t("bid.pair", { a: cell.names[0], b: cell.names[1] }))),
      el("td", { text: [cell.rule, cell.main].filter(Boolean).join(" · ") }))))));
}

function folded(key, rows, heads, cells) {
  if (!rows.length) return null;
  return el("details", { open: rows.length <= 12 }, el("summary", { text: t(key, { n: rows.length }) }),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t(key, { n: rows.length }) }, el("table", {},
      el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...cells(row).map((text) => el("td", {}, ...[text].flat().map((part) => el("div", { text: part }))))))))));
}

const groups = (page) => folded("bid.groups", page.groups, [page.unit, t("bid.level"), t("bid.two")], (one) => [one.lot, one.level, one.names]);
const consortia = (page) => folded("bid.consortia", page.consortia, [page.unit, t("bid.consortium"), t("bid.members"), t("bid.told")], (one) => [one.lot, one.name, one.members, one.told]);
const undone = (page) => folded("bid.undone", page.undone, [t("bid.matter"), t("bid.content")], (one) => [one.kind, one.text]);
