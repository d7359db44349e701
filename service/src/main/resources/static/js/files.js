import { bytes, make } from "./dom.js";

/** What each file is, in groups. */
const GROUPS = {
  Structure: {
    "structure.pdb": "PDB, pLDDT in the B-factor column",
    "structure.cif": "mmCIF (ModelCIF) with all confidence",
    "torsions.csv": "torsion angles in degrees",
    "torsions.json": "the same as JSON",
    "dssp.json": "secondary structure of the coordinates (DSSP)",
    "quality.json": "clashes, Ramachandran regions, bonds",
    "secondary_structure.csv": "secondary structure that the network predicts",
    "secondary_structure.json": "the same as JSON",
  },
  Confidence: {
    "scores.json": "pLDDT, PAE, pTM as ColabFold writes them",
    "pae.json": "PAE as the AlphaFold database writes it",
    "predicted_aligned_error_v1.json": "PAE as ColabFold writes it",
    "distogram.npz": "probabilities of distances, for numpy",
  },
  Alignment: {
    "features/msa.a3m": "the alignment (A3M)",
    "conservation.csv": "conservation and occupancy of each residue",
    "contacts.csv": "contacts from coevolution (CASP's RR)",
  },
};

const OTHER = "Further files";

function groupOf(name) {
  if (name.startsWith("plots/")) return "Plots";
  return Object.keys(GROUPS).find((group) => GROUPS[group][name]) || OTHER;
}

/** Which groups are open at first: on a narrow screen the list would be longer than all the rest. */
function isOpen(group) {
  return group === "Structure" || (group !== "Plots" && !matchMedia("(max-width: 30rem)").matches);
}

/** The list of a result's files, each to be saved under its ColabFold name. */
export function filesPanel(job, path) {
  const order = [...Object.keys(GROUPS), OTHER, "Plots"];
  return make("section", { class: "panel", "aria-label": "Files" },
    make("div", { class: "row between" }, make("h2", {}, "Files"),
      make("a", { class: "button", href: path("all.zip"), download: "" }, "All as zip")),
    order.map((group) => {
      const files = job.files.filter((file) => groupOf(file.name) === group);
      return files.length ? make("details", { open: isOpen(group) }, make("summary", {}, group), list(files, group, path)) : null;
    }));
}

function list(files, group, path) {
  return make("ul", { class: "files" }, files.map((file) => make("li", {},
    make("span", {},
      make("a", { href: path(file.name), download: file.file_name }, file.name.replace("plots/", "")),
      make("small", {}, GROUPS[group]?.[file.name] || "")),
    make("span", { class: "size" }, file.bytes === undefined ? "" : bytes(file.bytes)))));
}
