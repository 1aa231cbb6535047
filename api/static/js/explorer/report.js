// The report of one subject: scenario and format chosen, then a download.

import { download, query } from "../api.js";
import { el, save, toast } from "../dom.js";
import { add, lang, t } from "../words.js";
import { ask } from "./dialog.js";
import { scenario, scenarioSelect } from "./scenarios.js";

const FORMATS = ["html", "pdf", "docx"];

/** Ask for scenario and format, then save the report on a subject. */
export async function report(app, subject) {
  const formats = FORMATS.map((format, at) => el("label", { class: "choice" },
    el("input", { type: "radio", name: "report-format", value: format, checked: at === 0, data: { testid: `report-${format}` } }), t(`report.${format}`)));
  const fields = [
    el("label", { class: "field" }, t("scenario.label"), scenarioSelect(null, "report-scenario")),
    el("fieldset", { class: "choices" }, el("legend", { text: t("report.format") }), ...formats),
  ];
  const chosen = await ask(t("report.title", { name: subject.name }), fields, [
    { label: t("cancel"), value: null, testid: "no" },
    { label: t("report.save"), primary: true, testid: "yes", value: () => formats.find((one) => one.firstChild.checked).firstChild.value },
  ]);
  if (chosen) await take(app, subject.id, chosen);
}

async function take(app, id, format) {
  const asked = query({ subject: id, scenario: scenario(), format, lang: lang(), as_of: app.asOf });
  try {
    const file = await app.busy((signal) => download("GET", `/api/report${asked}`, undefined, { signal }), t("report.making"));
    if (!file) return;
    save(file.name, file.blob);
    toast(t("report.saved", { name: file.name }));
  } catch (error) {
    app.fail(error);
  }
}

add({
  "report.open": ["报告", "Report"],
  "report.title": ["报告：{name}", "Report on {name}"],
  "report.format": ["格式", "Format"],
  "report.save": ["下载", "Download"],
  "report.html": ["网页 HTML（含网络图，可离线打开）", "Web page (HTML, with the network, opens offline)"],
  "report.pdf": ["PDF", "PDF"],
  "report.docx": ["Word 文档（附卷）", "Word (for the file)"],
  "report.making": ["正在生成报告……", "Making the report …"],
  "report.saved": ["报告已下载：{name}", "Report saved: {name}"],
});
