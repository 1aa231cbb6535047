// Company groups of the picture: who is held by majority, controlled or a branch stands with its head, and a group
// can be closed into one node. Only what the picture holds on its day is read; nothing is concluded beyond it.

import { toast } from "../dom.js";
import { add, t } from "../words.js";
import { nameOf } from "./elements.js";
import { shortName } from "./label.js";
import { visible } from "./visible.js";

/** @param {import("./app.js").App} app */
export function mount(app) {
  const { model, flows } = app;
  flows.group = () => group(app);
  flows.ungroup = () => model.change(t("did.ungroup"), (doc) => ({ ...doc, groups: {}, nodes: each(doc.nodes, (node) => ({ ...node, group: undefined })) }));
  flows.toggleGroup = (id) => {
    const found = model.doc.groups[id];
    if (found) model.change(t(found.closed ? "did.open" : "did.close", { name: found.name }), (doc) => ({ ...doc, groups: { ...doc.groups, [id]: { ...found, closed: !found.closed } } }));
  };
}

const each = (nodes, change) => Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, change(node, id)]));

/** From whom a relation says another depends: [head, dependant], or null. */
function dependence(edge) {
  if (edge.type === "BRANCH_OF") return [edge.target, edge.source];
  if (edge.type === "ACTUAL_CONTROLLER" || (edge.type === "SHAREHOLDER" && edge.ratio > 0.5)) return [edge.source, edge.target];
  return null;
}

function group(app) {
  const { model } = app;
  const isFirm = (id) => model.subjects.get(id)?.subject.kind !== "person";
  const pairs = visible(model).edges.map(dependence).filter((pair) => pair && pair.every(isFirm));
  const top = new Map();
  const root = (id) => { let at = id; while (top.has(at)) at = top.get(at); return at; };
  for (const [head, dependant] of pairs) if (root(head) !== root(dependant)) top.set(root(dependant), root(head));
  const members = new Map();
  for (const id of new Set(pairs.flat())) members.set(root(id), [...(members.get(root(id)) ?? []), id]);
  if (!members.size) { toast(t("told.groups.none")); return; }
  const keyOfGroup = (id) => `group\u001f${id}`;
  const of = new Map([...members].flatMap(([head, ids]) => ids.map((id) => [id, keyOfGroup(head)])));
  const groups = Object.fromEntries([...members.keys()].map((head) => [keyOfGroup(head), { name: t("group.name", { name: shortName(nameOf(model, head)) }), closed: false }]));
  model.change(t("did.group", { count: members.size }), (doc) => ({ ...doc, groups, nodes: each(doc.nodes, (node, id) => ({ ...node, group: of.get(id) })) }));
  toast(t("told.groups", { count: members.size }));
}

add({
  "did.group": ["按集团分成 {count} 组", "{count} company groups"], "did.ungroup": ["解除分组", "ungroup"], "did.open": ["打开 {name}", "open {name}"], "did.close": ["合上 {name}", "close {name}"],
  "group.name": ["{name} 及所控主体", "{name} and those it controls"],
  "told.groups": ["分成 {count} 组（过半持股、实际控制、分支机构，只看图中的关系）。双击组名合上或打开。", "{count} groups (majority, control, branches, of this picture only). Double-click a group to close or open it."],
  "told.groups.none": ["图中没有过半持股、实际控制或分支机构关系，分不出组。", "No majority, control or branch in the picture: nothing to group."],
});
