// Texts that must fit a card. For drawing only: wherever identity matters the full name stands.

import { add, family, percent, say, t } from "../words.js";

const SUFFIX = /(?:股份有限公司|有限责任公司|有限公司)(?=$|[（(]|.{1,12}(?:分公司|分行|支行|营业部|办事处|分厂)$)/u;
const LINE = 10.5;

/** Width in em of the label's font: a Chinese character is 1, a Latin one about half. */
export function width(text) {
  let sum = 0;
  for (const char of text) sum += char.codePointAt(0) > 0x2e7f ? 1 : /[A-ZMW@%&]/.test(char) ? 0.72 : 0.58;
  return sum;
}

/** The name without its legal form. */
export function shortName(name) {
  const short = name.replace(SUFFIX, "");
  return width(short) >= 2 ? short : name;
}

/** In at most two lines of about equal length; what does not fit ends in an ellipsis. */
export function wrap(text) {
  const whole = width(text);
  if (whole <= LINE) return [text];
  const half = Math.min(LINE, Math.max(whole / 2 + 0.5, LINE * 0.6));
  const [first, rest] = cut(text, half);
  const [second, over] = cut(rest, LINE);
  return [first, over ? `${second.slice(0, -1)}…` : second];
}

function cut(text, limit) {
  const chars = [...text];
  let used = 0;
  let at = 0;
  while (at < chars.length && used + width(chars[at]) <= limit) used += width(chars[at++]);
  const space = chars.lastIndexOf(" ", at);
  if (at < chars.length && space > at / 2) at = space;
  // No line starts with a closing mark.
  while (at > 1 && at < chars.length && "）)》」、，。".includes(chars[at])) at -= 1;
  return [chars.slice(0, at).join("").trim(), chars.slice(at).join("").trim()];
}

/** The mark that goes with each standing, so that colour is never alone. */
export const MARKS = { negative: "✖", record: "■", foreign: "◇", high: "▲", medium: "◆", low: "●", red: "★", none: "", unknown: "…" };

/** The line under the name: what the subject is listed on, or how near others' listings come. */
export function remark(fact, standing) {
  const mark = MARKS[standing];
  if (!mark) return "";
  if (standing === "unknown") return `${mark} ${t("unheard")}`;
  if (fact.band === standing) return `${mark} ${t(`band.${standing}`)} ${(fact.score ?? 0).toFixed(2)}`;
  const lists = [...new Set(fact.listed.filter((listing) => markOf(listing, standing)).map((listing) => say("lists", listing.list)))];
  const first = (lists[0] ?? "").replace(/名单.*$|（.*$|\/.*$/u, "");
  const [start, over] = cut(first, 9);
  const short = over ? `${start}…` : first;
  return `${mark} ${short}${lists.length > 1 ? ` +${lists.length - 1}` : ""}`;
}

const SHOWN = { negative: ["negative", "cn_foreign"], record: ["status", "record"], foreign: ["foreign"], red: ["red"] };
const markOf = (listing, standing) => (SHOWN[standing] ?? []).includes(family(listing.list));

/** What a relation is called on its line: its type, or the title, with the share. */
export function relationText(edge) {
  if (edge.via) return t("shared", { kind: say("contacts", edge.via.kind) });
  return [say("relations", edge.type), percent(edge.ratio)].filter(Boolean).join(" ");
}

/** A contact that many share, on its tag: what it is, and what it says. */
export function contactText({ kind, value }) {
  return [t("shared", { kind: say("contacts", kind) }), ...wrap(value)].join("\n");
}

add({
  "band.high": ["高", "high"], "band.medium": ["中", "medium"], "band.low": ["低", "low"],
  "unheard": ["未取到当日数据", "not known for this day"],
  "shared": ["同一{kind}", "same {kind}"],
});
