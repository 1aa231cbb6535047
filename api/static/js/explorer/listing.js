// One entry of a list as a card: which list, by whom, on what ground, since when, in what state, and what can be done about it.

import { el } from "../dom.js";
import { add, family, say, t } from "../words.js";
import { facts, listChip } from "./pieces.js";

/** @param {any} entry LISTING @param {{remedy?: string, role?: string}} more */
export function listingCard(entry, { remedy = "", role = "" } = {}) {
  const state = entry.state && entry.state !== "listed" ? say("states", entry.state) : "";
  const since = entry.state_now && entry.state_now !== entry.state ? t("listing.now", { state: say("states", entry.state_now) }) : "";
  return el("article", { class: `listing ${family(entry.list)}`, data: { testid: "listing", list: entry.list } },
    el("header", {}, listChip(entry.list), role && el("span", { class: "chip", text: role }), entry.tier && el("span", { class: "chip", text: say("tiers", entry.tier) }),
      entry.disputed && el("span", { class: "chip review", text: `? ${t("listing.disputed")}` }), state && el("span", { class: "chip notice", text: state }), since && el("span", { class: "soft small", text: since })),
    family(entry.list) === "foreign" ? el("p", { class: "caution small", text: t("foreign") }) : null,
    facts([
      [t("listing.reason"), entry.reason],
      [t("listing.authority"), entry.authority],
      [t("listing.doc_no"), entry.doc_no],
      [t("listing.basis"), entry.basis],
      [t("listing.dates"), dates(entry)],
      [t("listing.amount"), entry.amount],
      [t("listing.remedy"), remedy],
      [t("listing.record"), entry.record && el("span", { class: "mono small", text: entry.record })],
    ]));
}

/** A licence is granted and a commendation given: neither is a listing. */
const WORDS = { permit: "listing.granted", red: "listing.given", record: "listing.recorded" };

function dates(entry) {
  const given = WORDS[family(entry.list)] ?? "listing.from";
  const from = entry.listed_on ? t(given, { on: entry.listed_on }) : t("listing.from.unknown");
  const until = entry.removed_on ? t("listing.removed", { on: entry.removed_on }) : entry.expires_on ? t("listing.expires", { on: entry.expires_on }) : t("listing.open");
  return [el("span", { class: "whole", text: `${from}，` }), el("span", { class: "whole", text: until })];
}

add({
  "listing.reason": ["事由", "Reason"],
  "listing.authority": ["机关", "Authority"],
  "listing.doc_no": ["文号", "Document"],
  "listing.basis": ["依据", "Basis"],
  "listing.dates": ["期间", "Dates"],
  "listing.amount": ["金额", "Amount"],
  "listing.remedy": ["救济", "Remedy"],
  "listing.record": ["出处", "Record"],
  "listing.disputed": ["异议中", "disputed"],
  "listing.now": ["现为{state}", "now {state}"],
  "listing.from": ["{on} 列入", "listed {on}"],
  "listing.granted": ["{on} 取得", "granted {on}"], "listing.given": ["{on} 认定", "given {on}"], "listing.recorded": ["{on} 作出", "made {on}"],
  "listing.from.unknown": ["起始日期未载", "date not stated"],
  "listing.removed": ["{on} 移出", "removed {on}"],
  "listing.expires": ["至 {on}", "until {on}"],
  "listing.open": ["未定期限", "no end stated"],
});
