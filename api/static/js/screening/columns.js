// What the columns of a list mean: as guessed, until somebody says otherwise.

import { el } from "../dom.js";
import { t } from "../words.js";

/** A table of the columns, folded where all was understood. `mapping()` is what was changed, or null. */
export function columns(sheet) {
  const chosen = new Map(sheet.columns.map((column) => [column.letter, column.field ?? ""]));
  const said = new Set();
  const rows = sheet.columns.map((column) => el("tr", {},
    el("td", { class: "mono", text: column.letter }),
    el("td", { text: column.title || "—" }),
    el("td", { class: "soft", text: column.samples.join("，") }),
    el("td", {}, choice(sheet.fields, column, (field) => { chosen.set(column.letter, field); said.add(column.letter); }))));
  const read = sheet.columns.filter((column) => column.field).length;
  const header = sheet.header_row === null
    ? t("col.headless", { rows: sheet.rows })
    : t("col.header", { row: sheet.header_row, rows: sheet.rows + sheet.rejected_total });
  const node = el("details", { class: "columns", open: !sheet.understood, data: { testid: "columns" } },
    el("summary", { text: t("col.open", { known: read, unread: sheet.columns.length - read }) }),
    sheet.understood ? null : el("p", { class: "caution", text: t("col.unknown") }),
    el("p", { class: "soft small", text: header }),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("col.title") }, el("table", {},
      el("thead", {}, el("tr", {}, ...["col.letter", "col.heading", "col.samples", "col.means"].map((key) => el("th", { scope: "col", text: t(key) })))),
      el("tbody", {}, ...rows))));
  const mapping = () => {
    if (!sheet.understood) return Object.fromEntries(chosen);
    return said.size ? Object.fromEntries([...said].map((letter) => [letter, chosen.get(letter)])) : null;
  };
  return { node, mapping };
}

function choice(fields, column, changed) {
  const box = el("select", {
    "aria-label": t("col.label", { letter: column.letter }), data: { testid: `column-${column.letter}` },
    on: { change: () => changed(box.value) },
  },
  el("option", { value: "", text: t("col.skip") }),
  ...fields.map(({ field, label }) => el("option", { value: field, text: label })));
  box.value = column.field ?? "";
  return box;
}
