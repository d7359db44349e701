import * as api from "./api.js";
import { announce, duration, make } from "./dom.js";
import { ensemblePanel } from "./ensemble.js";
import { badge } from "./jobs.js";
import { resultView } from "./result.js";

const STAGES = ["queued", "searching", "featurising", "predicting", "writing", "done"];

/** One job: its progress while it runs, its result when it is done. */
export function jobView(main, id) {
  let stop = () => {};
  let closed = false;
  const place = make("div");
  main.append(place);

  async function show() {
    let job;
    try {
      job = await api.job(id);
    } catch (problem) {
      place.replaceChildren(make("h1", {}, problem.title || "The job cannot be shown"), make("p", {}, problem.message));
      return;
    }
    if (closed) return;
    document.title = `${job.name} · Anfinsen`;
    if (job.state === "done") {
      place.replaceChildren(heading(job));
      announce(`${job.name} is done`);
      stop = resultView(place, job);
    } else if (api.isFinal(job.state)) {
      place.replaceChildren(heading(job), failure(job), facts(job));
      announce(`${job.name} ${job.state}`);
    } else {
      follow(job);
    }
  }

  function follow(job) {
    const progress = make("div", { class: "panel", style: "margin-bottom:1rem" });
    place.replaceChildren(heading(job), progress, facts(job));
    drawProgress(progress, job.state, job.progress, job.queue_position);
    stop = api.follow(id, (event) => {
      if (closed) return;
      if (api.isFinal(event.state)) { stop(); show(); return; }
      drawProgress(progress, event.state, event.progress, null, event.detail);
    });
  }

  show();
  return () => { closed = true; stop(); };
}

function heading(job) {
  const running = !api.isFinal(job.state);
  const button = make("button", {
    type: "button",
    onclick: async () => {
      button.disabled = true;
      await api.remove(job.id).catch((problem) => announce(problem.message));
      if (!running) location.hash = "/jobs";
    },
  }, running ? "Cancel" : "Remove");
  return make("div", {},
    make("div", { class: "row between", style: "margin-bottom:.6rem" },
      make("h1", {}, job.name), make("div", { class: "row" }, running ? null : badge(job.state), button)),
    job.notes.length ? make("p", { class: "notice" }, `Put right in the input: ${job.notes.join("; ")}.`) : null,
    ensemblePanel(job));
}

function drawProgress(element, state, progress, queuePosition, detail) {
  const at = STAGES.indexOf(state);
  const share = state === "predicting" && progress ? 0.15 + (0.8 * progress.cycle) / progress.cycles : [0, 0.05, 0.1, 0.15, 0.97][at];
  const figures = progress && state === "predicting"
    ? [`pass ${progress.cycle} of at most ${progress.cycles}`,
      progress.mean_plddt === undefined ? null : `mean pLDDT ${progress.mean_plddt.toFixed(1)}`,
      progress.change === undefined ? null : `moved ${progress.change.toFixed(2)} Å`].filter(Boolean).join(", ")
    : queuePosition ? `place ${queuePosition} in the queue` : detail || "";
  element.replaceChildren(
    make("div", { class: "row" }, badge(state), make("span", { role: "status" }, figures)),
    make("ol", { class: "steps" }, STAGES.slice(0, -1).map((each, k) =>
      make("li", { class: k < at ? "past" : "", "aria-current": k === at ? "step" : null }, each))),
    make("progress", { max: 1, value: share, "aria-label": "Progress" }));
}

function failure(job) {
  return make("div", { class: "faults" },
    make("strong", {}, job.state === "failed" ? "The prediction failed" : "The job was cancelled"),
    job.failure ? make("p", {}, `${job.failure.message} (${job.failure.code})`) : null);
}

/** Where the alignment comes from, and its size once that is known. */
function alignment(job) {
  if (job.alignment === "single_sequence") {
    return "the sequence alone";
  }
  const source = job.alignment === "supplied" ? "supplied"
    : `searched in ${job.databases.map((database) => `${database.name} ${database.version}`).join(", ")}`;
  return source + (job.result?.alignment_rows ? `, ${job.result.alignment_rows} rows` : "");
}

function found(search) {
  return `${search.hits} hits by ${search.engine}${search.cache === "hit" ? ", found earlier" : `, ${search.seconds} s`}`;
}

/** What was asked for and how long it took. */
export function facts(job) {
  const rows = [
    ["Residues", job.length],
    ["Model", job.model + (job.result?.model_version ? `, version ${job.result.model_version}` : "")],
    ["Alignment", alignment(job)],
    ...(job.result?.searches ?? []).map((search) => [`Found in ${search.database}`, found(search)]),
    ["Recycles", `up to ${job.recycles}`],
    ["Passes made", job.result?.cycles && `${job.result.cycles}${job.result.settled ? ", then nothing moved" : ""}`],
    ["Effective rows", job.result?.neff],
    ["Seed", job.seed],
    ["Parameters", job.result?.model_sha256 && `SHA-256 ${job.result.model_sha256.slice(0, 16)}…`],
    ["Ran on", job.result?.provider],
    ["Accepted", new Date(job.accepted).toLocaleString()],
    ["Attempt", job.attempt > 1 ? job.attempt : undefined],
    ["Reused", job.reused ? "the same prediction was there already" : undefined],
    ...Object.entries(job.stage_millis).filter(([state]) => state !== "queued").map(([state, millis]) => [state, duration(millis)]),
  ].filter(([, value]) => value !== undefined && value !== null);
  return make("section", { class: "panel", "aria-label": "About this prediction" },
    make("h2", {}, "About this prediction"),
    make("dl", {}, rows.map(([name, value]) => [make("dt", {}, name), make("dd", {}, String(value))])));
}
