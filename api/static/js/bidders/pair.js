// One pair in full: both bidders, each reason with what it comes to, its basis and its paths.

import { el } from "../dom.js";
import { explorerLink, picture, steps } from "../screening/row.js";
import { t } from "../words.js";
import { VERDICTS } from "./words.js";

/** The reasons of a pair. @param {object} entry answer of /api/jobs/{id}/entries/{key} */
export function pair(job, entry) {
  const list = (reasons) => (reasons.length ? el("ol", { class: "findings" }, ...reasons.map(reason)) : null);
  const open = entry.reasons.filter((one) => !one.conclusive);
  return el("div", { class: "reasons", data: { testid: `pair-${entry.key}` } },
    el("h3", { tabindex: "-1", class: "line" }, verdict(entry.verdict), t("bid.pair", { a: entry.a.name, b: entry.b.name }), el("span", { class: "soft small", text: entry.lot })),
    el("div", { class: "two" }, end(entry.a, entry.as_of), end(entry.b, entry.as_of)),
    list(entry.reasons.filter((one) => one.conclusive)),
    open.length ? el("p", { class: "caution", text: t("bid.caution"), data: { testid: "pair-caution" } }) : null,
    list(open),
    entry.picture ? picture(`/api/jobs/${job.id}/entries/${encodeURIComponent(entry.key)}/picture`, `${entry.a.name} ${entry.b.name}`) : null);
}

/** A verdict as a chip: mark and word. */
export function verdict(code) {
  const look = { prohibited: "blocked", alert: "review", none: "unmatched" }[code];
  return el("span", { class: `chip ${look}` }, el("span", { "aria-hidden": "true", text: VERDICTS[code][0] }), t(`verdict.${code}`));
}

function end(one, day) {
  return el("div", { class: "end" },
    el("p", { class: "line" }, el("strong", { text: one.name }), one.id.startsWith("sheet:") ? null : explorerLink(one.id, day)),
    el("p", { class: "soft small", text: [one.code, t("bid.row", { row: one.row }), one.match, one.consortium].filter(Boolean).join(" · ") }),
    one.certain ? null : el("p", { class: "caution small", text: t("bid.uncertain") }));
}

function reason(one) {
  const facts = [["row.basis", one.basis], ["row.conditions", one.conditions.join("；")]].filter(([, text]) => text);
  return el("li", { class: one.conclusive ? "block" : "review" },
    el("p", { class: "lead" }, el("span", { class: `chip ${one.conclusive ? "blocked" : "review"}` }, el("span", { "aria-hidden": "true", text: VERDICTS[one.conclusive ? "prohibited" : "alert"][0] }), one.sure),
      el("strong", { text: [one.kind, one.rule].filter(Boolean).join(" · ") })),
    facts.length ? el("dl", {}, ...facts.flatMap(([key, text]) => [el("dt", { text: t(key) }), el("dd", { text })])) : null,
    steps(one.paths),
    el("details", {}, el("summary", { text: t("row.text") }), el("p", { text: one.text })));
}
