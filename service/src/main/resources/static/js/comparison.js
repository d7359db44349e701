import * as api from "./api.js";
import { announce, make } from "./dom.js";

const NAMES = {
  tm_score: "TM-score", gdt_ts: "GDT_TS", gdt_ha: "GDT_HA", lddt: "lDDT (C-alpha)", lddt_all_atoms: "lDDT (all atoms)",
  rmsd: "RMSD (Å)", residues_compared: "Residues compared", matched_by: "Matched by",
};
const OTHERS_MAX = 50;

/**
 * The form that compares a prediction with an uploaded structure or with another prediction. Calls show(pdb, other job or
 * null) with the structure moved onto the prediction, and hide() when the comparison is taken away.
 */
export function comparisonPanel(job, { show, hide }) {
  const file = make("input", { id: "native", type: "file", accept: ".pdb,.ent,.cif,.mmcif,.txt" });
  const chain = make("input", { id: "chain", maxlength: 4, placeholder: "the first", autocomplete: "off" });
  const other = make("select", { id: "other" }, make("option", { value: "" }, "choose a prediction…"));
  const outcome = make("div", { role: "status" });

  async function run(title, ask, otherId) {
    outcome.replaceChildren(make("p", { class: "hint" }, "Comparing…"));
    try {
      const found = await ask();
      await show(found.native_pdb, otherId);
      outcome.replaceChildren(scores(title, found), make("button", {
        type: "button",
        onclick: async () => {
          outcome.replaceChildren();
          [file.value, other.value] = ["", ""];
          await hide();
          announce("The comparison is taken away");
        },
      }, "Take it away"));
    } catch (problem) {
      await hide();
      outcome.replaceChildren(make("div", { class: "faults" }, make("strong", {}, problem.title || "The comparison failed"),
        make("p", {}, problem.message)));
    }
  }

  const withFile = async () => {
    if (!file.files.length) return;
    const [chosen] = file.files;
    await run(chosen.name, async () => api.compareWithStructure(job.id, await chosen.text(), chain.value.trim()), null);
  };
  file.addEventListener("change", withFile);
  chain.addEventListener("change", withFile);
  other.addEventListener("change", () => other.value
    && run(other.selectedOptions[0].textContent, () => api.compareWithPrediction(job.id, other.value), other.value));
  fillOthers(other, job);

  return make("section", { class: "panel", "aria-label": "Compare" },
    make("h2", {}, "Compare"),
    make("p", { class: "hint" }, "The other structure is laid over this one in grey, and scored. A file is not kept."),
    make("div", { class: "pair" },
      make("div", {}, make("label", { for: "native" }, "A structure (PDB, mmCIF)"), file),
      make("div", {}, make("label", { for: "chain" }, "Chain"), chain)),
    make("label", { for: "other" }, "Or another prediction"), other, outcome);
}

function scores(title, found) {
  const rows = Object.entries(NAMES).filter(([key]) => found[key] !== undefined);
  return make("table", { class: "scores" },
    make("caption", {}, `Against ${title}`),
    make("tbody", {}, rows.map(([key, name]) => make("tr", {},
      make("th", { scope: "row" }, name),
      make("td", { class: "number" }, typeof found[key] === "number" && !Number.isInteger(found[key]) ? found[key].toFixed(3) : String(found[key]))))));
}

async function fillOthers(select, job) {
  try {
    const page = await api.jobs(0, OTHERS_MAX, "done", "");
    select.append(...page.jobs.filter((each) => each.id !== job.id).map((each) =>
      make("option", { value: each.id }, `${each.name}, ${each.length} residues, ${each.model}, seed ${each.seed}`)));
  } catch {
    select.disabled = true;
  }
}
