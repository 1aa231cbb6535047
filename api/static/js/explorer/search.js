// The search box of the bar: Enter opens a subject, Ctrl+Enter adds it to the picture.

import { byId, fill } from "../dom.js";
import { add, t } from "../words.js";
import { combobox } from "./combobox.js";
import { visit } from "./pieces.js";

/** Build the box in #search. */
export function mount(app) {
  const box = combobox({
    app, label: t("search.label"), placeholder: t("search.placeholder"), testid: "search",
    choose: ({ subject }, { add: adding }) => {
      box.hold(null);
      open(app, subject, adding).catch((error) => app.fail(error));
    },
  });
  fill(byId("search"), box.root);
}

/** What is in the picture is shown; else it is added, or a new picture starts around it. */
async function open(app, subject, adding) {
  if (adding || app.model.has(subject.id)) return visit(app, subject);
  return app.start(subject.id);
}

add({
  "search.label": ["搜索主体：回车打开，Ctrl+回车加入图中", "Search: Enter opens, Ctrl+Enter adds to the picture"],
  "search.placeholder": ["名称、曾用名、拼音首字母、信用代码……", "Name, former name, pinyin initials, credit code …"],
});
