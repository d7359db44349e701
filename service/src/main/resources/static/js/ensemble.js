import * as api from "./api.js";
import { make } from "./dom.js";
import { badge } from "./jobs.js";

/** The predictions that a job is ranked with, the best one first. Answers an element that fills itself; null if it stands alone. */
export function ensemblePanel(job) {
  if (!job.ensemble) return null;
  const body = make("tbody");
  fill(body, job);
  return make("section", { class: "panel", "aria-label": "Predictions of this sequence", style: "margin-bottom:1rem" },
    make("h2", {}, "Predictions of this sequence"),
    make("div", { class: "scroll" }, make("table", {},
      make("thead", {}, make("tr", {},
        ["Rank", "Seed", "pLDDT"].map((title) => make("th", { scope: "col", class: "number" }, title)),
        ["Model", "State"].map((title) => make("th", { scope: "col" }, title)))),
      body)));
}

async function fill(body, job) {
  try {
    const members = (await api.ensemble(job.ensemble.id)).reverse();
    const place = (member) => member.ensemble.rank ?? members.length + 1;
    body.replaceChildren(...members.sort((a, b) => place(a) - place(b)).map((member) => row(member, member.id === job.id)));
  } catch (problem) {
    body.replaceChildren(make("tr", {}, make("td", { colspan: 5 }, `They cannot be fetched: ${problem.message}`)));
  }
}

function row(member, here) {
  const plddt = member.result?.mean_plddt ?? member.progress?.mean_plddt;
  return make("tr", {},
    make("td", { class: "number" }, member.ensemble.rank === undefined ? "" : String(member.ensemble.rank)),
    make("td", { class: "number" }, String(member.seed)),
    make("td", { class: "number" }, plddt === undefined ? "" : plddt.toFixed(1)),
    make("td", {}, make("a", { href: `#/jobs/${member.id}`, "aria-current": here ? "page" : null }, member.model)),
    make("td", {}, badge(member.state)));
}
