// The sources: what is loaded, of which day, how much, covering which lists.

import { get } from "../api.js";
import { el } from "../dom.js";
import { add, t } from "../words.js";
import { listChip, sheet } from "./parts.js";

/** @returns {Promise<Node[]>} */
export async function sources() {
  const { sources: all } = await get("/api/sources");
  if (!all.length) return [el("p", { class: "soft", text: t("source.none") })];
  return [sheet(["source.name", "source.snapshot", "source.loaded_at", "#source.subjects", "#source.relations", "#source.listings", "source.lists", "source.files"], all.map((one) => [
    one.title || one.source, one.snapshot ?? t("source.unknown"), (one.loaded_at ?? "").slice(0, 16).replace("T", " "), one.subjects, one.relations, one.listings,
    one.lists.flatMap((code) => [listChip(code), " "]), el("span", { class: "small mono", text: one.files.join("、") }),
  ]), "sources")];
}

add({
  "source.none": ["还没有装入数据：先运行 xinmai load。", "Nothing is loaded yet: run xinmai load."],
  "source.name": ["来源", "Source"], "source.snapshot": ["数据截至", "As of"], "source.loaded_at": ["装入时间", "Loaded"], "source.unknown": ["未注明", "not stated"],
  "source.subjects": ["主体", "Subjects"], "source.relations": ["关系", "Relations"], "source.listings": ["列入记录", "Listings"], "source.lists": ["名单", "Lists"], "source.files": ["文件", "Files"],
});
