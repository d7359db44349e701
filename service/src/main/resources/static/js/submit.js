import * as api from "./api.js";
import { announce, make } from "./dom.js";

const EXAMPLES = {
  "Ubiquitin (76 residues)":
    ">ubiquitin\nMQIFVKTLTGKTITLEVEPSDTIENVKAKIQDKEGIPPDQQRLIFAGKQLEDGRTLSDYN\nIQKESTLHLVLRLRGG\n",
  "Two proteins":
    ">crambin\nTTCCPSIVARSNFNVCRLPGTPEALCATYTGCIIIPGATCPGDYAN\n>trp_cage\nNLYIQWLKDGGPSSGRPPPS\n",
  "Alignment (A3M)":
    ">ubiquitin\nMQIFVKTLTGKTITLEVEPSDTIENVKAKIQDKEGIPPDQQRLIFAGKQLEDGRTLSDYNIQKESTLHLVLRLRGG\n" +
    ">ubiquitin_yeast\nMQIFVKTLTGKTITLEVESSDTIDNVKSKIQDKEGIPPDQQRLIFAGKQLEDGRTLSDYNIQKESTLHLVLRLRGG\n" +
    ">nedd8_human\nMLIKVKTLTGKEIEIDIEPTDKVERIKERVEEKEGIPPQQQRLIYSGKQMNDEKTAADYKILGGSVLHLVLALRGG\n",
};

/** The form in which sequences are sent. */
export function submitView(main) {
  const text = make("textarea", {
    id: "sequence", spellcheck: "false", autocomplete: "off", required: true,
    "aria-describedby": "sequence-hint faults", placeholder: ">name\nMKTAYIAKQR…",
  });
  const format = make("select", { id: "format" },
    make("option", { value: "fasta" }, "Sequences (FASTA): each record is a prediction"),
    make("option", { value: "a3m" }, "One alignment (A3M): the first row is predicted"));
  const model = make("select", { id: "model" }, make("option", { value: "" }, "standard"));
  const database = make("select", { id: "database" }, make("option", { value: "" }, "the service's own choice"));
  const recycles = make("input", { id: "recycles", type: "number", min: 0, max: 48, placeholder: "the model's own" });
  const seed = make("input", { id: "seed", type: "number", min: 0, max: 2147483647, placeholder: "0" });
  const models = make("input", { id: "models", type: "number", min: 1, max: 5, placeholder: "1" });
  const file = make("input", { id: "file", type: "file", accept: ".fasta,.fa,.faa,.fas,.a3m,.txt", hidden: true });
  const faults = make("div", { id: "faults", role: "alert" });
  const button = make("button", { type: "submit", class: "main" }, "Predict");

  let formatChosen = false;

  const load = async (chosen) => {
    text.value = await chosen.text();
    format.value = /\.a3m$/i.test(chosen.name) ? "a3m" : "fasta";
    announce(`${chosen.name} is loaded`);
  };
  file.addEventListener("change", () => file.files.length && load(file.files[0]));
  format.addEventListener("change", () => { formatChosen = true; });
  text.addEventListener("input", () => {
    if (formatChosen) return;
    const kind = looksAligned(text.value) ? "a3m" : "fasta";
    if (kind !== format.value) announce(kind === "a3m" ? "Read as one alignment" : "Read as sequences");
    format.value = kind;
  });
  text.addEventListener("dragover", (event) => { event.preventDefault(); text.classList.add("drop"); });
  text.addEventListener("dragleave", () => text.classList.remove("drop"));
  text.addEventListener("drop", (event) => {
    text.classList.remove("drop");
    if (event.dataTransfer.files.length) { event.preventDefault(); load(event.dataTransfer.files[0]); }
  });

  const form = make("form", { novalidate: true },
    make("div", { class: "row between" },
      make("label", { for: "sequence" }, "Sequences"),
      make("div", { class: "row" },
        Object.entries(EXAMPLES).map(([title, example]) => make("button", {
          type: "button",
          onclick: () => { text.value = example; format.value = title.includes("A3M") ? "a3m" : "fasta"; text.focus(); },
        }, title)),
        make("button", { type: "button", onclick: () => file.click() }, "Open a file…"), file)),
    make("p", { class: "hint", id: "sequence-hint" },
      "Paste residues in one-letter codes, or drop a file here. Nothing leaves this service."),
    text, faults,
    make("div", { class: "grid", style: "margin:1rem 0" },
      field(format, "Format", "Lower case, blanks and a trailing * are put right and told."),
      field(model, "Model", "The network that predicts."),
      field(database, "Related sequences", "A database to search for them; an alignment is used as it is."),
      field(recycles, "Recycles", "How often the network sees its own result again; it stops early when nothing moves."),
      field(seed, "Seed", "The same seed gives the same result."),
      field(models, "Predictions", "Of each sequence, from seeds that follow each other; they are ranked by pLDDT.")),
    button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    faults.replaceChildren();
    text.removeAttribute("aria-invalid");
    try {
      const jobs = await api.submit(text.value, {
        alignment: format.value === "a3m",
        parameters: {
          model: model.value, models: models.value, recycles: recycles.value, seed: seed.value,
          databases: format.value === "a3m" ? "" : database.value,
        },
      });
      const together = jobs.every((job) => job.id === jobs[0].id || (job.ensemble && job.ensemble.id === jobs[0].ensemble?.id));
      location.hash = together ? `/jobs/${jobs[0].id}` : "/jobs";
    } catch (problem) {
      show(problem, faults, text);
    } finally {
      button.disabled = false;
    }
  });

  main.append(
    make("h1", {}, "Predict a protein's structure"),
    make("p", { class: "lead" },
      "From a sequence to coordinates, with the confidence in each residue. An alignment of related sequences makes the"
      + " prediction better where you have one."),
    form);
  fillModels(model);
  fillDatabases(database);
  document.title = "Anfinsen";
}

/** Several records with gaps are an alignment. */
function looksAligned(text) {
  const records = text.split(/^>.*$/m).slice(1);
  return records.length > 1 && records.some((each) => each.includes("-"));
}

function field(control, title, hint) {
  control.setAttribute("aria-describedby", `${control.id}-hint`);
  return make("div", {},
    make("label", { for: control.id }, title), make("p", { class: "hint", id: `${control.id}-hint` }, hint), control);
}

async function fillModels(select) {
  try {
    const models = await api.models();
    if (models.length) {
      select.replaceChildren(...models.map((model) =>
        make("option", { value: model.name, selected: model.default, title: model.description },
          `${model.name} (version ${model.version})`)));
    }
  } catch {
    // The choice stays with the service.
  }
}

async function fillDatabases(select) {
  try {
    const databases = await api.databases();
    const standard = databases.filter((database) => database.standard).map((database) => database.name);
    select.replaceChildren(
      make("option", { value: "" }, standard.length ? `the service's own choice: ${standard.join(", ")}` : "do not search"),
      ...(standard.length ? [make("option", { value: "none" }, "do not search")] : []),
      ...databases.map((database) => make("option", { value: database.name, disabled: Boolean(database.problem) },
        `${database.name} (version ${database.version})`
        + (database.engine === "colabfold" ? ": the sequence is sent to a server elsewhere" : ""))));
  } catch {
    // The choice stays with the service.
  }
}

function show(problem, faults, text) {
  const list = (problem.errors || []).map((error) => make("li", {},
    [error.field, error.record && `record ${error.record}${error.name ? ` (${error.name})` : ""}`,
      error.line && `line ${error.line}`, error.column && `column ${error.column}`].filter(Boolean).join(", "),
    error.record || error.line || error.field ? ": " : "", `${error.found}. `, make("b", {}, `${error.remedy}.`)));
  faults.replaceChildren(make("div", { class: "faults" },
    make("strong", {}, problem.title || "The service does not answer"),
    list.length ? make("ul", {}, list) : make("p", {}, problem.message)));
  const place = (problem.errors || []).find((error) => error.line && !error.field);
  text.setAttribute("aria-invalid", "true");
  if (place) select(text, place.line, place.column || 1);
}

/** Puts the cursor where the first fault is. */
function select(text, line, column) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  text.focus();
  text.setSelectionRange(start, start + 1);
}
