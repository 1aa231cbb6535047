// A job while it runs: a bar with its count, and a button that stops it.

import { get, send } from "../api.js";
import { announce, el, fill, toast } from "../dom.js";
import { lang, t } from "../words.js";

const SAID = 4000; // ms between progress said aloud

/** Show a job in `box` until it is over. Resolves with the job as it then is. */
export function watch(box, job) {
  const bar = el("progress", { "aria-label": t("run.bar"), data: { testid: "bar" } });
  const line = el("p", { class: "count", data: { testid: "count" } });
  const stop = el("button", { type: "button", class: "danger", text: t("cancel"), data: { testid: "stop" }, on: { click: () => cancel(job, stop) } });
  fill(box, el("section", { class: "card running" }, el("h2", { text: about(job) }), bar, el("div", { class: "line" }, line, stop)));
  box.hidden = false;
  let said = 0;
  const tell = (now) => {
    line.textContent = words(now);
    if (now.progress.of && now.state === "running") { bar.max = now.progress.of; bar.value = now.progress.done; } else bar.removeAttribute("value");
    if (Date.now() - said > SAID) { said = Date.now(); announce(words(now)); }
  };
  tell(job);
  return new Promise((resolve, reject) => {
    const source = new EventSource(`/api/jobs/${job.id}/events?lang=${lang()}`);
    const end = (now) => { source.close(); box.hidden = true; fill(box); resolve(now); };
    source.addEventListener("progress", (event) => tell(JSON.parse(event.data)));
    for (const name of ["done", "failed", "cancelled"]) source.addEventListener(name, (event) => end(JSON.parse(event.data)));
    // The browser tries again by itself, unless the answer was no stream: then the job is asked for once.
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      get(`/api/jobs/${job.id}`).then((now) => (["queued", "running"].includes(now.state) ? watch(box, now).then(resolve, reject) : end(now)), reject);
    });
  });
}

async function cancel(job, button) {
  button.disabled = true;
  button.textContent = t("run.cancelling");
  try {
    await send("DELETE", `/api/jobs/${job.id}`);
  } catch (error) {
    toast(error.message, "error");
  }
}

function words(job) {
  if (job.cancelling) return t("run.cancelling");
  if (job.state === "queued") return t("run.queued");
  const { word, done, of } = job.progress;
  return of ? t("run.count", { word, done, of }) : `${word || t("run.begun")}……`;
}

/** What a job is on, in a line. */
export function about(job) {
  const named = job.about.scenario_name ?? job.about.law_name;
  const name = document.documentElement.lang === "en" ? named?.en : named?.zh;
  return [job.about.sheet, name, job.about.as_of].filter(Boolean).join(" · ");
}
