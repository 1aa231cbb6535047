// The policy of nearness: what a listing weighs and what each relation lets through, either way.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, percent, say, t } from "../words.js";
import { listChip, sheet } from "./parts.js";

/** @returns {Promise<Node[]>} */
export async function policy() {
  const told = await get("/api/policy");
  const numbers = [
    ["policy.max_hops", told.max_hops], ["policy.floor", told.floor], ["policy.fanout", told.fanout_cap], ["policy.name_cap", told.name_cap], ["policy.former", told.former_days], ["policy.age", told.max_age_days],
  ];
  return [
    el("p", { class: "caution", text: t("caution") }),
    el("p", { class: "soft small", text: t("policy.version", { version: told.version }) }),
    el("div", { class: "two" },
      el("div", {}, el("h3", { text: t("policy.numbers") }), sheet(["policy.what", "#policy.value"], numbers.map(([key, value]) => [t(key), value]))),
      el("div", {}, el("h3", { text: t("policy.bands") }), sheet(["policy.band", "#policy.fromscore"], [...Object.entries(told.bands)].sort((a, b) => b[1] - a[1]).map(([band, from]) => [say("bands", band), from])),
        sheet(["policy.tier", "#policy.factor"], Object.entries(told.tier).map(([tier, factor]) => [say("tiers", tier), factor])))),
    el("h3", { text: t("policy.keeps") }), el("p", { class: "lead small", text: t("policy.keeps.lead") }),
    sheet(["policy.relation", "policy.direction", "#policy.ratio", "#policy.weight"], told.keeps.map((keep) => [
      say("relations", keep.relation), t(`policy.${keep.direction}`), keep.min_ratio === null ? "" : `≥ ${percent(keep.min_ratio)}`, keep.weight,
    ]), "policy-keeps"),
    el("h3", { text: t("policy.severity") }),
    sheet(["policy.list", "#policy.weight"], Object.entries(told.severity).map(([code, weight]) => [listChip(code), weight])),
  ];
}

add({
  "policy.version": ["策略 {version}", "policy {version}"],
  "policy.numbers": ["界限", "Limits"], "policy.what": ["项", "Setting"], "policy.value": ["值", "Value"],
  "policy.max_hops": ["至多步数", "steps at most"], "policy.floor": ["低于此分值不报", "scores below this are not told"], "policy.fanout": ["传导关系多于此数的主体不穿过", "subjects with more carrying relations are not crossed"],
  "policy.name_cap": ["重名多于此数不作疑似同一", "names borne by more are never matched"], "policy.former": ["前任职务回看天数", "days a former role is looked back"], "policy.age": ["数据过旧的天数", "days after which data are stale"],
  "policy.bands": ["分档", "Bands"], "policy.band": ["档", "Band"], "policy.fromscore": ["分值自", "from score"], "policy.tier": ["情节", "Tier"], "policy.factor": ["系数", "factor"],
  "policy.keeps": ["关系的传导系数", "What relations let through"], "policy.keeps.lead": ["正向：关系的前一方被列入，及于后一方；反向：后一方被列入，及于前一方。表中没有的一律不传导。", "Forward: a listed first end exposes the second; backward the other way. What is not in the table lets nothing through."],
  "policy.relation": ["关系", "Relation"], "policy.direction": ["方向", "Direction"], "policy.ratio": ["比例", "Share"], "policy.weight": ["系数", "Weight"], "policy.forward": ["→ 正向", "→ forward"], "policy.backward": ["← 反向", "← backward"],
  "policy.severity": ["名单的严重度", "Severity of lists"], "policy.list": ["名单", "List"],
});
