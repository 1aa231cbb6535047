// Words of the bidders' result.

import { add } from "../words.js";

/** Verdict -> mark and letter: colour is never alone. */
export const VERDICTS = { prohibited: ["✖", "禁"], alert: ["▲", "提"], none: ["·", ""], partners: ["联", ""] };

add({
  "bid.tiles": ["按结论筛选", "Filter by verdict"],
  "bid.pairs": ["对", "pairs"],
  "means.prohibited": ["法律禁止同时投标", "the law prohibits both bidding"], "means.alert": ["须人工核实", "to be looked at"],
  "means.none2": ["未发现不等于没有关联", "not found is not none"], "means.partners": ["不作比对", "not compared"],
  "bid.matrix": ["矩阵", "Matrix"], "bid.list": ["列表", "List"], "bid.view": ["显示方式", "View"],
  "bid.caption": ["{lot} 的两两比对", "Pairs of {lot}"],
  "bid.cell": ["{a} 与 {b}：{verdict} {rule} {main}", "{a} and {b}: {verdict} {rule} {main}"],
  "bid.wide": ["{n} 家投标人，矩阵过大，见列表和工作簿。", "{n} bidders: too many for a matrix, see the list and the workbook."],
  "bid.find": ["查找投标人、规则、事由", "Find bidders, rules, reasons"],
  "bid.none": ["没有符合的组合。换一个结论，或清除查找的文字。", "No such pairs. Choose another verdict or clear the search."],
  "bid.found": ["{total} 对，显示第 {from}–{to} 对", "{total} pairs, {from}–{to} shown"],
  "bid.key": ["组合", "Pair"], "bid.lot": ["标段", "Lot"], "bid.two": ["投标人", "Bidders"], "bid.rule": ["规则", "Rule"], "bid.main": ["事由", "Reason"],
  "bid.pair": ["{a} 与 {b}", "{a} and {b}"],
  "bid.row": ["第 {row} 行", "row {row}"],
  "bid.uncertain": ["未能确定是哪个主体，不作禁止结论", "not sure who is meant: never prohibited"],
  "bid.caution": ["以下仅为提示，须人工核实，不是法律禁止的结论，也不构成失信惩戒依据。姓名相同不等于同一人。", "Hints only, to be checked by a person: no prohibition and no ground for any sanction. The same name does not mean the same person."],
  "bid.choose": ["点击矩阵中的格子，查看这一对的理由、依据和路径。", "Click a cell to see the pair's reasons, basis and path."],
  "bid.groups": ["关联的投标人（{n} 组）", "Bidders joined with each other ({n} groups)"],
  "bid.level": ["结论", "Verdict"], "bid.members": ["成员", "Members"],
  "bid.consortia": ["联合体（{n} 个）", "Consortia ({n})"], "bid.consortium": ["联合体", "Consortium"], "bid.told": ["联合体规则", "Rules on consortia"],
  "bid.matter": ["事项", "Matter"], "bid.content": ["内容", "Content"],
  "bid.undone": ["未完成和注意事项（{n}）", "Not done, and notes ({n})"],
  "bid.legend": ["✖ 禁　▲ 提示　· 未发现　联 同一联合体", "✖ prohibited  ▲ alert  · nothing found  联 partners"],
});
