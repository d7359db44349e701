import * as api from "./api.js";
import { coverage } from "./alignment.js";
import { comparisonPanel } from "./comparison.js";
import { announce, make } from "./dom.js";
import { filesPanel } from "./files.js";
import { facts } from "./job.js";
import { expectedDistance, readNpz } from "./npz.js";
import { CLASSES, classOf, green, viridis } from "./palette.js";
import { coveragePlot, pairMap, plddtPlot, ramachandran } from "./plots.js";
import { sequenceStrip, structureLegend } from "./strip.js";
import { showStructure } from "./viewer.js";

/** Above this many residues the page draws the distogram from its picture: the array is too large for a browser. */
const DISTOGRAM_RESIDUES_MAX = 400;

/** Above this many bytes the page shows the picture of the alignment. */
const ALIGNMENT_BYTES_MAX = 8e6;

/** The result of a job that is done. Answers a function that ends it. */
export function resultView(main, job) {
  let viewer = { highlight() {}, turn() {}, reset() {}, showGuest() {}, hideGuest() {}, close() {} };
  let closed = false;
  let plddt = [];
  let drawConfidence = () => {};
  const path = (name) => `v1/predictions/${job.id}/${name}`;
  const fileOf = (name) => job.files.find((file) => file.name === name);
  const stage = make("div", { class: "viewer" });
  const strip = make("div", { class: "sequence", role: "group", "aria-label": "Sequence coloured by pLDDT, with secondary structure; the arrow keys go along it" });
  const pointed = make("p", { class: "hint" }, "Point at a residue, a curve or a map: the structure shows it.");
  const plots = make("div", { class: "grid" });
  const geometry = make("section", { class: "panel", "aria-label": "Geometry", hidden: true });
  const comparison = comparisonPanel(job, {
    show: async (pdb, otherId) => {
      await viewer.showGuest(pdb);
      drawConfidence(otherId ? (await api.json(`v1/predictions/${otherId}/scores.json`)).plddt : null);
    },
    hide: async () => {
      await viewer.hideGuest();
      drawConfidence(null);
    },
  });

  main.append(
    make("div", { class: "result" },
      make("div", { class: "column" },
        make("section", { class: "panel", "aria-label": "Structure" }, stage, turnButtons(() => viewer),
          make("ul", { class: "legend", "aria-label": "Colours of pLDDT" },
            CLASSES.map((each) => make("li", { style: `--swatch:var(${each.variable})` }, each.name)))),
        confidence(job), geometry, facts(job)),
      make("div", { class: "column detail" },
        make("section", { class: "panel", "aria-label": "Sequence" }, make("h2", {}, "Sequence"), strip, structureLegend(), pointed),
        plots),
      make("div", { class: "column side" }, comparison, filesPanel(job, path))));

  function point(...indices) {
    const known = [...new Set(indices.filter((each) => each !== null))];
    viewer.highlight(known);
    for (const button of strip.querySelectorAll("button.on")) button.classList.remove("on");
    for (const index of known) strip.querySelectorAll("button")[index]?.classList.add("on");
  }
  const residue = (i) => `${job.sequence[i]}${i + 1}`;
  const tell = (element, text, byKey) => {
    element.textContent = text;
    if (byKey) announce(text);
  };

  async function draw() {
    const [scores, dssp] = await Promise.all([
      api.json(path("scores.json")), fileOf("dssp.json") ? api.json(path("dssp.json")) : { states: "" }]);
    if (closed) return;
    plddt = scores.plddt;
    sequenceStrip(strip, job.sequence, plddt, dssp.states, (i) => {
      point(i);
      if (i !== null) pointed.textContent = `${residue(i)}: pLDDT ${plddt[i].toFixed(1)}, ${classOf(plddt[i]).name}`;
    });
    drawConfidencePlot();
    showStructureOf();
    if (scores.pae) drawPae(scores.pae);
    await Promise.all([showGeometry(), drawCoverage(), drawDistogram(), drawTorsions()]);
  }

  async function showGeometry() {
    if (!fileOf("quality.json")) return;
    const { clashes, ramachandran: regions, bonds, peptides } = await api.json(path("quality.json"));
    if (closed) return;
    const counted = regions.favoured + regions.allowed + regions.outliers.length;
    geometry.replaceChildren(make("h2", {}, "Geometry"), figureList([
      ["Ramachandran favoured", counted ? `${Math.round(100 * regions.favoured / counted)} %` : undefined],
      ["Ramachandran outliers", String(regions.outliers.length)],
      ["Clashes per 1,000 atoms", clashes.per_1000_atoms.toFixed(1)],
      ["Bonds off by over 0.1 Å", String(bonds.outliers + bonds.chain_breaks)],
      ["Twisted or cis peptides", String(peptides.twisted + peptides.cis_elsewhere)]]));
    geometry.hidden = false;
  }

  function drawConfidencePlot() {
    const { place, caption } = plotPlace(plots, "Confidence along the sequence", true);
    drawConfidence = (other) => {
      const comparable = other && other.length === plddt.length ? other : null;
      const rest = comparable ? "Dashed: the prediction compared with." : "How sure the network is of each residue, 0 to 100.";
      caption.textContent = rest;
      place.replaceChildren(plddtPlot(plddt, (i, byKey) => {
        point(i);
        tell(caption, i === null ? rest : `${residue(i)}: pLDDT ${plddt[i].toFixed(1)}`
          + (comparable ? `, ${comparable[i].toFixed(1)} in the other` : ""), byKey);
      }, comparable));
    };
    drawConfidence(null);
  }

  async function showStructureOf() {
    const [cif, pdb] = await Promise.all([api.text(path("structure.cif")), api.text(path("structure.pdb"))]);
    if (closed) return;
    viewer = await showStructure(stage, { cif, pdb, plddt });
    stage.dataset.ready = "true";
    if (closed) viewer.close();
  }

  function drawMap(title, rest, text, map) {
    const { place, caption } = plotPlace(plots, title, false);
    caption.textContent = rest;
    place.replaceChildren(pairMap(map, (i, j, byKey) => {
      point(i, j);
      tell(caption, i === null ? rest : text(i, j), byKey);
    }));
  }

  function drawPae(pae) {
    drawMap("Predicted aligned error", "Dark is sure: how well the second residue is placed when the first is aligned.",
      (i, j) => `aligned on ${residue(i)}, error at ${residue(j)}: ${pae[i][j].toFixed(1)} Å`, {
        n: job.length, value: (i, j) => pae[i][j], colour: green, most: 30, xTitle: "scored residue", yTitle: "aligned residue",
        label: "Map of the predicted aligned error; the arrow keys move along its rows and columns",
      });
  }

  async function drawCoverage() {
    const file = fileOf("features/msa.a3m");
    if (!file || !(job.result.alignment_rows > 1)) return;
    if (file.bytes > ALIGNMENT_BYTES_MAX) {
      drawPicture("Coverage of the alignment", "plots/coverage.svg", "Rows of the alignment by identity to the query");
      return;
    }
    const found = coverage(await api.text(path(file.name)));
    if (closed) return;
    const { place, caption } = plotPlace(plots, "Coverage of the alignment", true);
    const rest = `${found.rows.length} sequences, the most identical on top, brighter is more alike; the line counts those that cover a residue.`;
    caption.textContent = rest;
    place.replaceChildren(coveragePlot(found, (i, byKey) => {
      point(i);
      tell(caption, i === null ? rest : `${residue(i)}: covered by ${found.depth[i]} of ${found.rows.length} sequences`, byKey);
    }));
  }

  function drawPicture(title, name, alternative) {
    if (!fileOf(name)) return;
    const { place } = plotPlace(plots, title, false);
    place.append(make("img", { src: path(name), alt: alternative, style: "width:100%" }));
  }

  async function drawDistogram() {
    if (!fileOf("distogram.npz") || job.length > DISTOGRAM_RESIDUES_MAX) {
      drawPicture("Distogram", "plots/distogram.svg", "Map of the expected distances");
      return;
    }
    const { n, values, farthest } = expectedDistance(await readNpz(await api.binary(path("distogram.npz"))));
    if (closed) return;
    drawMap("Distogram: expected distance", `Bright is near; ${farthest.toFixed(0)} Å and more is dark.`,
      (i, j) => `${residue(i)} to ${residue(j)}: ${values[i * n + j].toFixed(1)} Å between C-beta atoms`, {
        n, value: (i, j) => values[i * n + j], colour: viridis, most: farthest, xTitle: "residue", yTitle: "residue",
        label: "Map of the expected distances; the arrow keys move along its rows and columns",
      });
  }

  async function drawTorsions() {
    if (!fileOf("torsions.json")) return;
    const torsions = await api.json(path("torsions.json"));
    if (closed) return;
    const { place, caption } = plotPlace(plots, "Ramachandran plot", false);
    caption.textContent = "Backbone angles, each residue in the colour of its pLDDT.";
    place.append(ramachandran(torsions.phi, torsions.psi, plddt));
  }

  draw().catch((problem) => plots.append(make("p", { class: "faults" }, `The result cannot be drawn: ${problem.message}`)));
  return () => { closed = true; viewer.close(); };
}

function plotPlace(plots, title, wide) {
  const place = make("div");
  const caption = make("figcaption");
  plots.append(make("figure", { class: wide ? "panel wide" : "panel", "aria-label": title }, make("h2", {}, title), place, caption));
  return { place, caption };
}

/** What the pointer does by dragging, as buttons. */
function turnButtons(viewerNow) {
  const button = (sign, name, act) => make("button", { type: "button", "aria-label": name, title: name, onclick: act }, sign);
  return make("div", { class: "row turn", role: "group", "aria-label": "Turn the structure" },
    button("◀", "Turn left", () => viewerNow().turn(-1, 0)),
    button("▶", "Turn right", () => viewerNow().turn(1, 0)),
    button("▲", "Turn up", () => viewerNow().turn(0, 1)),
    button("▼", "Turn down", () => viewerNow().turn(0, -1)),
    button("Reset", "Reset the view", () => viewerNow().reset()));
}

function confidence(job) {
  const figures = [
    ["Mean pLDDT", job.result.mean_plddt?.toFixed(1)], ["Class", job.result.mean_plddt === undefined ? undefined : classOf(job.result.mean_plddt).name],
    ["pTM", job.result.ptm?.toFixed(2)]];
  return make("section", { class: "panel", "aria-label": "Confidence" }, make("h2", {}, "Confidence"), figureList(figures));
}

/** Names and values; those without a value are left out. */
function figureList(figures) {
  return make("dl", {}, figures.filter(([, value]) => value !== undefined)
    .map(([name, value]) => [make("dt", {}, name), make("dd", {}, make("strong", {}, value))]));
}
