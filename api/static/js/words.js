// The words of the pages in both languages, and what the codes of the graph mean.
// A module brings its own words: add({ key: ["中文", "English"] }); t("key", {name}) fills in {name}.

import { get } from "./api.js";
import { lang } from "./language.js";

export { lang, speak } from "./language.js";

const table = new Map();

export const languages = { "zh-CN": "中文", en: "English" };

/** @param {Record<string, [string, string]>} words */
export function add(words) {
  for (const [key, pair] of Object.entries(words)) table.set(key, pair);
}

/** The words under `key`, with {name} filled in. */
export function t(key, values = {}) {
  const pair = table.get(key);
  if (!pair) return key;
  const text = pair[lang() === "en" ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

let codes = { kinds: {}, forms: {}, relations: {}, lists: {}, states: {}, bands: {}, families: {} };

/** What the server's codes mean; asked once, before anything is drawn. */
export async function loadVocabulary() {
  codes = { ...codes, ...(await get("/api/vocabulary", { lang: lang() })) };
  return codes;
}

/** The word for a code of `kinds`, `relations`, `lists`, `states` …; the code itself where there is none. */
export const say = (kind, code) => codes[kind]?.[code] ?? code ?? "";

/** All codes of a kind in the vocabulary's order. */
export const codesOf = (kind) => Object.keys(codes[kind] ?? {});

/**
 * The lists' families: code -> negative, status, record, permit, red, cn_foreign, foreign. A list nobody has explained is
 * an entry and no more: it is never told as one that takes something away.
 */
export const family = (list) => codes.families?.[list] ?? "record";

/** Elements that carry data-t (text), data-t-title, data-t-placeholder, data-t-label get their words. */
export function translate(root = document) {
  document.documentElement.lang = lang();
  const into = { t: null, tTitle: "title", tPlaceholder: "placeholder", tLabel: "aria-label" };
  for (const [name, attribute] of Object.entries(into)) {
    const selector = `[data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`;
    for (const element of root.querySelectorAll(selector)) {
      if (attribute) element.setAttribute(attribute, t(element.dataset[name]));
      else element.textContent = t(element.dataset[name]);
    }
  }
}

/** A share 0–1 as a percentage with at most four decimals. */
export const percent = (share) => (share === null || share === undefined ? "" : `${+(share * 100).toFixed(4)}%`);

/**
 * A span of days as words, seen from the day `asOf`: what ends later has not ended, what begins later has not begun.
 * Without a day it cannot be told whether something is over, so there is no span without one.
 */
export function span(since, until, asOf) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf ?? "")) throw new TypeError("span: the day of evaluation is missing");
  if (!since && !until) return t("span.unknown");
  const days = { since: since || "?", until };
  if (until && until <= asOf) return t("span.ended", days);
  if (since && since > asOf) return t(until ? "span.future.until" : "span.future", days);
  return t(until ? "span.until" : "span.open", days);
}

add({
  "span.unknown": ["起止日期未载", "dates not stated"],
  "span.ended": ["{since} 至 {until}（已终止）", "{since} to {until} (ended)"],
  "span.until": ["{since} 至 {until}", "{since} to {until}"],
  "span.open": ["{since} 起", "since {since}"],
  "span.future": ["{since} 起（尚未开始）", "from {since} (not begun)"],
  "span.future.until": ["{since} 至 {until}（尚未开始）", "{since} to {until} (not begun)"],
  "brand": ["信脉", "Xinmai"],
  "nav.explorer": ["图谱", "Explorer"],
  "nav.screening": ["名单筛查", "Screening"],
  "nav.bidders": ["投标人比对", "Bidders"],
  "nav.basis": ["依据", "Basis"],
  "nav.label": ["主导航", "Main"],
  "theme": ["明暗", "Light or dark"],
  "language": ["English", "中文"],
  "close": ["关闭", "Close"],
  "cancel": ["取消", "Cancel"],
  "ok": ["确定", "OK"],
  "caution": ["关联提示，不构成失信惩戒依据。", "Association only: no ground for any sanction."],
  "foreign": ["境外名单，仅供合规参考", "foreign list: for compliance reference only"],
  "loading": ["正在查询……", "Asking …"],
  "none": ["没有。", "None."],
});
