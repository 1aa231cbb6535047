// One row in full: each finding with what it does, its articles, period, remedy and evidence; associations apart.

import { el } from "../dom.js";
import { family, t } from "../words.js";
import { EFFECTS } from "./words.js";

const ALERTS = 6; // shown before the rest is folded

/** The reasons of one row. @param {object} entry answer of /api/jobs/{id}/entries/{row} */
export function details(job, entry) {
  const alerts = entry.findings.filter((finding) => finding.class === "ALERT");
  const weighs = (finding) => finding.code !== "inform" || finding.class === "LISTED_SELF";
  const reasons = entry.findings.filter((finding) => finding.class !== "ALERT" && weighs(finding));
  const others = entry.findings.filter((finding) => finding.class !== "ALERT" && !weighs(finding));
  return el("div", { class: "reasons", data: { testid: `reasons-${entry.row.number}` } },
    top(entry),
    notes(entry),
    reasons.length ? section("row.reasons", reasons) : null,
    others.length ? section("row.others", others) : null,
    alerts.length ? associations(alerts) : null,
    entry.findings.length ? null : nothing(entry.row.decision),
    entry.left_out ? el("p", { class: "caution", text: t("row.more", { n: entry.left_out }) }) : null,
    entry.picture ? picture(`/api/jobs/${job.id}/entries/${entry.row.number}/picture`, entry.row.asked) : null,
    notices(entry.notices));
}

/** The network of an entry: drawn by the server, an image and nothing that could run. */
export function picture(address, name) {
  return el("figure", { class: "scroll", tabindex: "0" }, el("img", { src: address, alt: t("row.picture", { name }), loading: "lazy" }));
}

/** A link that opens the explorer around a subject. */
export function explorerLink(subject, day) {
  const asked = new URLSearchParams({ subject, as_of: day });
  return el("a", { class: "button small", href: `/?${asked}`, text: t("row.explorer"), data: { testid: "explore" } });
}

/** Why there is no finding. Only a row that was checked and came out clear may say that nothing was found. */
function nothing(decision) {
  if (decision === "clear") return el("p", { class: "good", data: { testid: "nothing" }, text: t("row.nothing") });
  return el("p", { class: "caution", data: { testid: "nothing" }, text: t(decision === "unmatched" ? "row.unmatched" : "row.undecided") });
}

function top(entry) {
  const { subject } = entry;
  if (!subject) return null;
  const named = [subject.name, subject.uscc ?? subject.id_masked, subject.status].filter(Boolean).join("　");
  return el("p", { class: "line" }, el("strong", { text: named }), explorerLink(subject.id, entry.as_of));
}

function notes(entry) {
  const told = [];
  if (entry.warnings.length) {
    told.push(el("div", { class: "caution" }, el("strong", { text: t("row.warnings") }), el("ul", {}, ...entry.warnings.map((text) => el("li", { text })))));
  }
  if (entry.candidates.length) {
    told.push(el("h3", { text: t("row.candidates") }), el("ul", { class: "candidates" }, ...entry.candidates.map((one) => el("li", { class: "line" },
      el("span", { text: [one.name, one.uscc ?? one.id_masked, one.status].filter(Boolean).join("　") }), explorerLink(one.id, entry.as_of)))));
  }
  return told.length ? el("div", {}, ...told) : null;
}

function section(key, findings) {
  return el("section", {}, el("h3", { text: t(key) }), el("ol", { class: "findings" }, ...findings.map(item)));
}

function associations(alerts) {
  const list = (some) => el("ol", { class: "findings alerts" }, ...some.map(item));
  return el("section", { data: { testid: "alerts" } }, el("h3", { text: t("row.alerts") }), el("p", { class: "caution", text: t("row.caution") }),
    list(alerts.slice(0, ALERTS)),
    alerts.length > ALERTS ? el("details", {}, el("summary", { text: t("row.showalerts", { n: alerts.length - ALERTS }) }), list(alerts.slice(ALERTS))) : null);
}

function item(finding) {
  const period = finding.since || finding.until ? t("row.span", { since: finding.since || t("row.nosince"), until: finding.until || t("row.nountil") }) : "";
  const entry = [finding.authority, finding.doc_no, finding.state].filter(Boolean).join("，");
  // What the sentence says in one piece stands below in its parts, so it is folded where there are such parts.
  const parted = Boolean(finding.measure || finding.steps.length);
  const facts = [
    ["row.measure", finding.measure && (finding.target ? t("row.binds", { measure: finding.measure, target: finding.target, falls: finding.falls_on }) : finding.measure)],
    ["row.list", parted && finding.list ? [finding.listed || finding.end_name, entry ? `${finding.list}（${entry}）` : finding.list].filter(Boolean).join(" · ") : ""],
    ["row.basis", finding.basis], ["row.period", period], ["row.listed", period ? "" : finding.listed_span], ["row.conditions", finding.conditions.join("；")],
    ["row.now", finding.now], ["row.remedy", finding.remedy], ["row.record", finding.record],
  ].filter(([, text]) => text);
  const foreign = finding.list_code && family(finding.list_code) === "foreign";
  return el("li", { class: finding.code },
    el("p", { class: "lead" },
      el("span", { class: `chip ${finding.code}` }, el("span", { "aria-hidden": "true", text: EFFECTS[finding.code] }), t(`effect.${finding.code}`)),
      " ", el("strong", { text: [finding.short, finding.rule].filter(Boolean).join(" · ") }),
      finding.disputed ? el("span", { class: "chip review", text: t("row.disputed") }) : null,
      foreign ? el("span", { class: "chip foreign", text: t("foreign") }) : null),
    parted ? null : el("p", { text: finding.text }),
    facts.length ? el("dl", {}, ...facts.flatMap(([key, text]) => [el("dt", { text: t(key) }), el("dd", { text })])) : null,
    steps([finding.steps]),
    parted ? el("details", {}, el("summary", { text: t("row.text") }), el("p", { text: finding.text })) : null);
}

/** Evidence paths as numbered sentences. @param {string[][]} paths */
export function steps(paths) {
  const told = paths.filter((path) => path.length);
  if (!told.length) return null;
  return el("div", { class: "path" }, el("span", { class: "soft small", text: t("row.path") }),
    ...told.map((path) => el("ol", {}, ...path.map((text) => el("li", { text })))));
}

function notices(all) {
  if (!all.length) return null;
  return el("details", {}, el("summary", { text: t("row.notices", { n: all.length }) }),
    ...all.map((notice) => el("div", { class: "letter" }, el("h4", { text: notice.parts[0] }), ...notice.parts.slice(1).map((text) => el("p", { text })))));
}
