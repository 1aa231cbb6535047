// The bidders page: what is asked besides the list, and where its result is drawn.

import { el, fill } from "../dom.js";
import { open } from "../page.js";
import { flow } from "../screening/flow.js";
import { t } from "../words.js";
import { today } from "../screening/day.js";
import { result } from "./result.js";
import "../screening/words.js";

const LAWS = ["tender", "procurement"];

function options() {
  const law = el("select", { id: "law", data: { testid: "law" } }, ...LAWS.map((code) => el("option", { value: code, text: t(`law.${code}`) })));
  const day = el("input", { type: "date", id: "day", value: today(), required: true, data: { testid: "day" } });
  const field = (id, key, control) => el("p", { class: "field" }, el("label", { for: id, text: t(key) }), control);
  return {
    node: el("div", { class: "options" }, field("law", "opt.law", law), field("day", "opt.day", day)),
    body: () => ({ law: law.value, as_of: day.value || today() }),
  };
}

open().then(() => flow({ kind: "bidders", options, show: result })).catch((error) => {
  fill(document.getElementById("begin"), el("p", { class: "error", role: "alert", text: error.message }));
});
