import * as api from "./api.js";
import { make } from "./dom.js";
import { jobsView } from "./jobs.js";
import { jobView } from "./job.js";
import { submitView } from "./submit.js";

const main = document.getElementById("main");
let leave = () => {};

/** Each view fills the element and may answer a function that ends what it began. */
function viewOf(path) {
  const job = /^\/jobs\/([0-9a-f-]{36})$/.exec(path);
  if (job) return ["jobs", (element) => jobView(element, job[1])];
  if (path === "/jobs") return ["jobs", jobsView];
  if (path === "/" || path === "") return ["predict", submitView];
  return ["", (element) => element.append(make("h1", {}, "There is no such page"))];
}

function route() {
  if (location.hash === "#main") return;
  leave();
  const [section, view] = viewOf(location.hash.slice(1));
  main.replaceChildren();
  for (const link of document.querySelectorAll(".top nav a")) {
    const current = (link.hash === "#/" && section === "predict") || (link.hash === "#/jobs" && section === "jobs");
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  leave = view(main) || (() => {});
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

async function about() {
  try {
    const info = await api.json("actuator/info");
    const engine = info.engine || {};
    const parts = [`Anfinsen ${info.version}`, engine.engine, engine.runtime, engine.provider].filter(Boolean);
    document.getElementById("about").textContent =
      `${parts.join(" · ")}. Predictions are hypotheses: read the confidence before you build on them.`;
  } catch {
    document.getElementById("about").textContent = "The service does not answer.";
  }
}

window.addEventListener("hashchange", route);
// Plots are drawn in the colours of the moment.
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", route);
route();
about();
