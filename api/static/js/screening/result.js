// The result of a screening: what was not checked, decisions as tiles that filter, rows that open their reasons.

import { get } from "../api.js";
import { announce, el, fill } from "../dom.js";
import { t } from "../words.js";
import { downloads } from "./downloads.js";
import { details } from "./row.js";
import { DECISIONS } from "./words.js";

const PAGE = 50;
const PAUSE = 250; // ms after the last key

/** Draw the result of a job in `box`. */
export async function result(box, job) {
  const asked = { decision: "", text: "", changed: false, skip: 0 };
  const tiles = el("div", { class: "tiles", role: "group", "aria-label": t("res.tiles") });
  const count = el("p", { class: "soft small", data: { testid: "shown" } });
  const body = el("div", {});
  const pages = el("div", { class: "line pages" });
  const search = el("input", { type: "search", id: "find", placeholder: t("res.search"), "aria-label": t("res.search"), maxlength: 100, data: { testid: "find" } });
  let timer = 0;
  let latest = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { asked.text = search.value; asked.skip = 0; load(); }, PAUSE);
  });
  const changed = el("input", { type: "checkbox", id: "changed", data: { testid: "changed" }, on: { change: () => turn({ changed: changed.checked, skip: 0 }) } });
  const turn = (change) => { Object.assign(asked, change); return load(); };

  async function load() {
    latest += 1;
    const mine = latest;
    try {
      const page = await get(`/api/jobs/${job.id}/result`, { ...asked, limit: PAGE });
      if (mine === latest) draw(page);
      return page;
    } catch (error) {
      if (mine === latest) fill(body, el("p", { class: "error", role: "alert", text: error.message }));
      return null;
    }
  }

  function draw(page) {
    fill(tiles, ...allTiles(page.summary, asked.decision, (decision) => turn({ decision, skip: 0 }).then(() => tiles.querySelector("[aria-pressed=true]")?.focus())));
    const last = asked.skip + page.rows.length;
    count.textContent = page.total ? t("res.count", { total: page.total, from: asked.skip + 1, to: last }) : "";
    announce(count.textContent || t("res.none"));
    fill(body, page.rows.length ? table(job, page) : el("p", { class: "card", data: { testid: "none" }, text: t(page.summary.rows ? "res.none" : "res.empty") }));
    fill(pages, ...(page.total > PAGE ? [
      el("button", { type: "button", disabled: asked.skip === 0, text: t("res.prev"), on: { click: () => turn({ skip: asked.skip - PAGE }) } }),
      el("button", { type: "button", disabled: !page.more, text: t("res.next"), data: { testid: "next" }, on: { click: () => turn({ skip: asked.skip + PAGE }) } }),
    ] : []));
  }

  const first = await get(`/api/jobs/${job.id}/result`, { limit: PAGE });
  fill(box,
    el("p", { class: first.missing ? "caution first" : "good first", text: first.unchecked, data: { testid: "unchecked" } }),
    first.complete ? null : el("p", { class: "caution", text: t("res.incomplete") }),
    el("p", { class: "soft small", text: first.context }),
    tiles,
    el("div", { class: "line tools" }, search,
      first.compared ? el("label", { for: "changed" }, changed, " ", t("res.changed", { n: first.changed })) : null, downloads(job)),
    count, body, pages,
    rejected(first.rejected),
    el("details", {}, el("summary", { text: t("res.remarks") }), ...first.remarks.map((text) => el("p", { text }))),
    first.undone.length ? el("details", {}, el("summary", { text: t("res.undone", { n: first.undone.length }) }),
      el("ul", {}, ...first.undone.map((one) => el("li", { text: `${one.kind}：${one.text}` })))) : null);
  draw(first);
}

function allTiles(summary, chosen, choose) {
  const tile = (code, mark, word, hint, number) => el("button", {
    type: "button", class: `tile ${code || "all"}`, "aria-pressed": String(chosen === code), data: { testid: `tile-${code || "all"}` },
    on: { click: () => choose(chosen === code ? "" : code) },
  },
  el("span", { class: "word" }, el("span", { class: "mark", "aria-hidden": "true", text: mark }), word),
  el("strong", { text: String(number) }),
  el("span", { class: "hint", text: hint }));
  return [
    ...Object.entries(DECISIONS).map(([code, mark]) => tile(code, mark, t(`decision.${code}`), t(`means.${code}`), summary[code])),
    tile("", "≡", t("res.all"), t("res.rows"), summary.rows),
  ];
}

function table(job, page) {
  const heads = ["res.decision", "res.number", "res.asked", "res.matched", "res.top", ...(page.compared ? ["res.change"] : [])];
  return el("div", { class: "scroll whole", tabindex: "0", role: "region", "aria-label": t("res.title") },
    el("table", { class: "rows", data: { testid: "rows" } },
      el("thead", {}, el("tr", {}, ...heads.map((key) => el("th", { scope: "col", text: t(key) })))),
      el("tbody", {}, ...page.rows.flatMap((row) => pair(job, row, heads.length, page.compared)))));
}

/** A row and the one its reasons open in. */
function pair(job, row, width, compared) {
  const id = `reasons-${row.number}`;
  const cell = el("td", { colspan: width });
  const below = el("tr", { class: "below", id, hidden: true }, cell);
  const button = el("button", { type: "button", class: "opens", "aria-expanded": "false", "aria-controls": id, data: { testid: `open-${row.number}` } },
    el("span", { class: "turn", "aria-hidden": "true", text: "▸" }), el("span", { text: row.asked || "—" }));
  let loaded = false;
  const toggle = async () => {
    const on = below.hidden;
    below.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    above.classList.toggle("on", on);
    if (!on || loaded) return;
    loaded = true;
    fill(cell, el("p", { class: "soft", text: t("loading") }));
    try {
      fill(cell, details(job, await get(`/api/jobs/${job.id}/entries/${row.number}`)));
    } catch (error) {
      loaded = false;
      fill(cell, el("p", { class: "error", role: "alert", text: error.message }));
    }
  };
  button.addEventListener("click", toggle);
  const told = [row.own, row.law, row.alerts];
  const above = el("tr", { class: `row ${row.decision}` },
    el("td", {}, chip(row.decision)),
    el("td", { class: "num", text: row.number }),
    el("td", {}, button, row.code ? el("div", { class: "mono soft small", text: row.code }) : null, row.lot ? el("div", { class: "soft small", text: row.lot }) : null),
    el("td", {}, el("div", { text: row.subject || "—" }), el("div", { class: "soft small", text: [row.level, row.notes].filter(Boolean).join("；") })),
    el("td", {}, row.flags ? el("div", {}, el("span", { class: "chip review", text: `⚑ ${row.flags}` })) : null,
      el("div", { text: row.top || "—" }),
      told.some(Boolean) ? el("div", { class: "soft small", text: t("res.counts", { own: told[0], law: told[1], alerts: told[2] }) }) : null),
    compared ? el("td", { class: "small", text: row.change }) : null);
  return [above, below];
}

/** A decision as a chip: mark and word. */
export function chip(decision) {
  return el("span", { class: `chip ${decision}` }, el("span", { "aria-hidden": "true", text: DECISIONS[decision] }), t(`decision.${decision}`));
}

function rejected(rows) {
  if (!rows.length) return null;
  return el("details", { class: "rejected", open: true, data: { testid: "rejected" } }, el("summary", { text: t("res.rejected", { n: rows.length }) }),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("res.rejected", { n: rows.length }) }, el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col", text: t("res.number") }), el("th", { scope: "col", text: t("res.reason") }))),
      el("tbody", {}, ...rows.map((one) => el("tr", {}, el("td", { class: "num", text: one.row }), el("td", { text: one.reason })))))));
}
