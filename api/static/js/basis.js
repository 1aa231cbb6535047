// The page of what answers rest on: rules, lists, scenarios, regimes, weights, sources. The hash says which part, or which rule.

import { byId, announce, el, fill } from "./dom.js";
import { open } from "./page.js";
import { add, t } from "./words.js";
import { lists } from "./basis/lists.js";
import { policy } from "./basis/policy.js";
import { regimes } from "./basis/regimes.js";
import { rules } from "./basis/rules.js";
import { scenarios } from "./basis/scenarios.js";
import { sources } from "./basis/sources.js";

/** Each part asks for what it shows and gives its elements. */
const PARTS = { rules, lists, scenarios, regimes, policy, sources };

async function main() {
  await open();
  document.title = `${t("nav.basis")} · ${t("brand")}`;
  fill(byId("parts"), Object.keys(PARTS).map((name) => el("a", { href: `#${name}`, text: t(`basis.${name}`), data: { part: name, testid: `basis-${name}` } })));
  addEventListener("hashchange", show);
  await show();
}

/** "#rules", or "#R23" and "#P05", which open that one. */
function wanted() {
  const hash = location.hash.slice(1);
  if (hash in PARTS) return [hash, null];
  if (/^R\d{2}[a-z]?$/.test(hash)) return ["rules", hash];
  return /^P\d{2}[a-z]?$/.test(hash) ? ["regimes", hash] : ["rules", null];
}

async function show() {
  const [name, item] = wanted();
  for (const link of byId("parts").children) {
    if (link.dataset.part === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const box = byId("content");
  fill(box, el("p", { class: "soft", text: t("loading") }));
  try {
    const parts = await PARTS[name]();
    if (wanted()[0] !== name) return;
    fill(box, el("h2", { text: t(`basis.${name}`) }), el("p", { class: "lead", text: t(`basis.${name}.lead`) }), parts);
    announce(t(`basis.${name}`));
    if (item) openItem(item);
  } catch (error) {
    fill(box, el("div", { class: "error", role: "alert" }, el("p", { text: error.message }), el("button", { type: "button", text: t("basis.retry"), on: { click: show } })));
  }
}

function openItem(id) {
  const found = document.querySelector(`details[data-id="${CSS.escape(id)}"]`);
  if (!found) return;
  found.open = true;
  found.scrollIntoView({ block: "start" });
  found.querySelector("summary").focus();
}

add({
  "skip": ["跳到内容", "Skip to the content"],
  "basis.title": ["依据", "Basis"],
  "basis.lead": ["每个结论依据的规则、名单、权重和数据。", "The rules, lists, weights and data behind every answer."],
  "basis.parts": ["各部分", "Parts"],
  "basis.retry": ["重试", "Try again"],
  "basis.rules": ["规则", "Rules"], "basis.lists": ["名单", "Lists"], "basis.scenarios": ["场景", "Scenarios"],
  "basis.regimes": ["关联方制度", "Related-party regimes"], "basis.policy": ["权重", "Weights"], "basis.sources": ["数据来源", "Sources"],
  "basis.rules.lead": ["名单上的一条记录依法还约束谁、多久、何时终止。每条注明条文及核对程度；没有路径不下结论。", "Whom else an entry binds by law, how long, and when it ends. Each with its article and how well that was read."],
  "basis.lists.lead": ["哪些名单，由谁认定，依据什么，期限和退出途径；未接入的名单在结论里会说明没有核查。", "Which lists there are, who keeps them, on what law, for how long, and how one leaves. Lists not loaded are told as unchecked in every answer."],
  "basis.scenarios.lead": ["办什么事时看哪些名单、哪些规则，以及其效果：限制、需人工核查、仅提示。", "For which purpose which lists and rules count, and with what effect."],
  "basis.regimes.lead": ["各制度各自界定谁是关联方，范围不同，不可混用。", "Each regime says for itself who is related; they differ and must not be mixed."],
  "basis.policy.lead": ["“接近”的分值只用于提示先后，是内部设定，不是法律判断，也不是信用评价。", "Scores of nearness are house settings that order attention: no judgement of law, no rating."],
  "basis.sources.lead": ["装入了什么、截至哪一天。结论只能和数据一样新。", "What is loaded and of which day. Answers are only as fresh as this."],
});

main().catch((error) => fill(byId("content"), el("p", { class: "error", text: error.message })));
