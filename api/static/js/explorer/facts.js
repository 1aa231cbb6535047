// What the server is asked of a picture, and the words of what was done with it.

import { send } from "../api.js";
import { add } from "../words.js";

/** Nothing is known yet: for which subjects, day and choice of ended relations facts are complete. */
export const nothing = () => ({ ids: new Set(), day: "", ended: false });

/** Facts of these subjects and the relations among them that touch `fresh` (null: all). */
export function viewed(ids, fresh, { asOf, ended }, signal) {
  if (!ids.length || fresh?.length === 0) return Promise.resolve({ as_of: asOf, nodes: [], edges: [], missing: [] });
  return send("POST", "/api/view", { ids, new: fresh, as_of: asOf, ended }, { signal });
}

add({
  "did.start": ["新图", "new picture"],
  "did.add": ["加入主体", "add subjects"],
  "did.paths": ["加入路径", "add paths"],
  "did.day": ["基准日改为 {day}", "day set to {day}"],
  "did.remove": ["移除 {count} 个节点", "removed {count} nodes"],
  "did.hide": ["隐藏 {count} 个节点", "hid {count} nodes"],
  "did.unhide": ["重新显示 {count} 个节点", "showed {count} nodes again"],
  "did.pin": ["固定 {count} 个节点", "pinned {count} nodes"],
  "did.unpin": ["取消固定 {count} 个节点", "unpinned {count} nodes"],
  "did.note": ["记事", "note"],
  "busy.view": ["正在读取主体与关系……", "Reading subjects and relations …"],
  "busy.layout": ["正在排布……", "Laying out …"],
  "told.added": ["已加入 {count} 个节点。", "{count} nodes added."],
  "told.over": ["图中最多 {most} 个节点，有 {over} 个没有加入：先移除或隐藏用不着的，或者用列表查看。", "A picture holds {most} nodes; {over} were left out: remove what you do not need, or use the table."],
  "told.missing": ["有 {missing} 个主体库里已经没有，没有画出。", "{missing} subjects are no longer in the store and are not drawn."],
  "told.otherday": ["这是 {day} 的路径，基准日已经换了，请重新查询。", "This path is of {day}; the day was changed since: ask again."],
  "told.day": ["已换到 {day} 的关系与名单。", "Relations and lists as of {day}."],
  "told.undone": ["已撤销：{label}", "Undone: {label}"],
  "told.redone": ["已重做：{label}", "Redone: {label}"],
  "told.nothing": ["没有可撤销或重做的步骤。", "Nothing to undo or redo."],
});
