// Buttons that fetch the files of a result.

import { download } from "../api.js";
import { announce, el, save, toast } from "../dom.js";
import { t } from "../words.js";

/** The formats of a finished job as buttons. */
export function downloads(job) {
  return el("div", { class: "downloads", role: "group", "aria-label": t("res.download") },
    el("span", { class: "soft", text: t("res.download") }),
    ...["xlsx", "pdf", "html", "json"].map((format) => button(job, format)));
}

function button(job, format) {
  const made = el("button", { type: "button", text: t(`dl.${format}`), data: { testid: `download-${format}` }, on: { click: fetchIt } });
  async function fetchIt() {
    made.disabled = true;
    announce(t("dl.busy"));
    try {
      const { blob, name } = await download("GET", `/api/jobs/${job.id}/download?format=${format}`);
      save(name, blob);
    } catch (error) {
      toast(error.message, "error");
    } finally {
      made.disabled = false;
      made.focus();
    }
  }
  return made;
}
