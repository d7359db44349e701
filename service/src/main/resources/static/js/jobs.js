import * as api from "./api.js";
import { duration, make } from "./dom.js";

const PAGE = 20;
const REFRESH_MILLIS = 3000;
const STATES = ["queued", "searching", "featurising", "predicting", "writing", "done", "failed", "cancelled"];

/** The state as a coloured word. */
export function badge(state) {
  const kind = api.isFinal(state) ? state : state === "queued" ? "queued" : "running";
  return make("span", { class: `state ${kind}` }, state);
}

/** All jobs, newest first, kept fresh while the page is seen. */
export function jobsView(main) {
  let offset = 0;
  let stopped = false;
  const state = make("select", { id: "state", "aria-label": "State", style: "width:auto" },
    make("option", { value: "" }, "all states"), STATES.map((each) => make("option", { value: each }, each)));
  const name = make("input", { type: "search", "aria-label": "Name contains", placeholder: "name", style: "width:14rem" });
  const body = make("tbody");
  const place = make("p", { class: "hint", "aria-live": "off" });
  const earlier = make("button", { type: "button" }, "Newer");
  const later = make("button", { type: "button" }, "Older");

  async function refresh() {
    try {
      const page = await api.jobs(offset, PAGE, state.value, name.value);
      body.replaceChildren(...page.jobs.map(row));
      const last = Math.min(offset + PAGE, page.total);
      place.textContent = page.total === 0 ? "No jobs." : `${offset + 1} to ${last} of ${page.total}`;
      earlier.disabled = offset === 0;
      later.disabled = last >= page.total;
    } catch (problem) {
      place.textContent = `The list cannot be fetched: ${problem.message}`;
    }
  }
  const turn = (by) => { offset = Math.max(0, offset + by); refresh(); };
  const anew = () => { offset = 0; refresh(); };
  state.addEventListener("change", anew);
  name.addEventListener("input", anew);
  earlier.addEventListener("click", () => turn(-PAGE));
  later.addEventListener("click", () => turn(PAGE));

  main.append(
    make("div", { class: "row between", style: "margin-bottom:1rem" },
      make("h1", {}, "Jobs"), make("div", { class: "row" }, name, state)),
    make("div", { class: "scroll" }, make("table", {},
      make("thead", {}, make("tr", {},
        ["Name", "State"].map((title) => make("th", { scope: "col" }, title)),
        ["Residues", "pLDDT", "Took"].map((title) => make("th", { scope: "col", class: "number" }, title)),
        ["Model", "Accepted"].map((title) => make("th", { scope: "col" }, title)))),
      body)),
    make("div", { class: "row between", style: "margin-top:.8rem" }, place, make("div", { class: "row" }, earlier, later)));
  document.title = "Jobs · Anfinsen";
  refresh();
  const timer = setInterval(() => !stopped && !document.hidden && refresh(), REFRESH_MILLIS);
  return () => { stopped = true; clearInterval(timer); };
}

function row(job) {
  const plddt = job.result?.mean_plddt ?? job.progress?.mean_plddt;
  const took = job.finished && job.started ? duration(new Date(job.finished) - new Date(job.started)) : "";
  const passes = job.state === "predicting" && job.progress ? ` ${job.progress.cycle}/${job.progress.cycles}` : "";
  return make("tr", {},
    make("td", { class: "name" }, make("a", { href: `#/jobs/${job.id}` }, job.name)),
    make("td", {}, badge(job.state), passes, job.queue_position ? ` place ${job.queue_position}` : ""),
    make("td", { class: "number" }, String(job.length)),
    make("td", { class: "number" }, plddt === undefined ? "" : plddt.toFixed(1)),
    make("td", { class: "number" }, took),
    make("td", {}, job.model),
    make("td", {}, new Date(job.accepted).toLocaleString()));
}
