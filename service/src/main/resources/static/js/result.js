import * as api from "./api.js";
import { bytes, make } from "./dom.js";
import { facts } from "./job.js";
import { expectedDistance, readNpz } from "./npz.js";
import { CLASSES, classOf, green, viridis } from "./palette.js";
import { pairMap, plddtPlot, ramachandran } from "./plots.js";
import { showStructure } from "./viewer.js";

/** Above this many residues the page draws the distogram from its picture: the array is too large for a browser. */
const DISTOGRAM_RESIDUES_MAX = 400;

/** The result of a job that is done. Answers a function that ends it. */
export function resultView(main, job) {
  let viewer = { highlight() {}, close() {} };
  let closed = false;
  const path = (name) => `v1/predictions/${job.id}/${name}`;
  const has = (name) => job.files.some((file) => file.name === name);
  const stage = make("div", { class: "viewer" });
  const strip = make("div", { class: "sequence", role: "group", "aria-label": "Sequence coloured by pLDDT" });
  const pointed = make("p", { class: "hint", "aria-live": "off" }, "Point at a residue, a curve or a map: the structure shows it.");
  const plots = make("div", { class: "grid" });

  main.append(
    make("div", { class: "result" },
      make("div", { class: "column" },
        make("section", { class: "panel", "aria-label": "Structure" }, stage,
          make("ul", { class: "legend", "aria-label": "Colours of pLDDT" },
            CLASSES.map((each) => make("li", { style: `--swatch:var(${each.variable})` }, each.name)))),
        confidence(job)),
      make("div", { class: "column" }, downloads(job, path), facts(job))),
    make("section", { class: "panel", "aria-label": "Sequence", style: "margin-bottom:1rem" },
      make("h2", {}, "Sequence"), strip, pointed),
    plots);

  function point(...indices) {
    const known = [...new Set(indices.filter((each) => each !== null))];
    viewer.highlight(known);
    for (const button of strip.querySelectorAll("button.on")) button.classList.remove("on");
    for (const index of known) strip.querySelectorAll("button")[index]?.classList.add("on");
  }
  const residue = (i) => `${job.sequence[i]}${i + 1}`;

  async function draw() {
    const scores = await api.json(path("scores.json"));
    if (closed) return;
    fillStrip(strip, job.sequence, scores.plddt, (i) => {
      point(i);
      if (i !== null) pointed.textContent = `${residue(i)}: pLDDT ${scores.plddt[i].toFixed(1)}, ${classOf(scores.plddt[i]).name}`;
    });
    addPlot(plots, "Confidence along the sequence", (caption) => plddtPlot(scores.plddt, (i) => {
      point(i);
      caption.textContent = i === null ? "" : `${residue(i)}: pLDDT ${scores.plddt[i].toFixed(1)}`;
    }), true);
    showStructureOf(scores);
    if (scores.pae) {
      addPlot(plots, "Predicted aligned error", (caption) => pairMap({
        n: job.length, value: (i, j) => scores.pae[i][j], colour: green, most: 30, label: "Map of the predicted aligned error",
        xTitle: "scored residue", yTitle: "aligned residue",
      }, (i, j) => {
        point(i, j);
        caption.textContent = i === null ? "Dark is sure: how well the second residue is placed when the first is aligned."
          : `aligned on ${residue(i)}, error at ${residue(j)}: ${scores.pae[i][j].toFixed(1)} Å`;
      }));
    }
    await Promise.all([drawDistogram(), drawTorsions(scores.plddt)]);
  }

  async function showStructureOf(scores) {
    const [cif, pdb] = await Promise.all([api.text(path("structure.cif")), api.text(path("structure.pdb"))]);
    if (closed) return;
    viewer = await showStructure(stage, { cif, pdb, plddt: scores.plddt });
    if (closed) viewer.close();
  }

  async function drawDistogram() {
    if (!has("distogram.npz") || job.length > DISTOGRAM_RESIDUES_MAX) {
      if (has("plots/distogram.svg")) {
        plots.append(make("figure", { class: "panel" }, make("h2", {}, "Distogram"),
          make("img", { src: path("plots/distogram.svg"), alt: "Map of the expected distances", style: "width:100%" })));
      }
      return;
    }
    const { n, values, farthest } = expectedDistance(await readNpz(await api.binary(path("distogram.npz"))));
    if (closed) return;
    addPlot(plots, "Distogram: expected distance", (caption) => pairMap({
      n, value: (i, j) => values[i * n + j], colour: viridis, most: farthest, label: "Map of the expected distances",
      xTitle: "residue", yTitle: "residue",
    }, (i, j) => {
      point(i, j);
      caption.textContent = i === null ? `Bright is near; ${farthest.toFixed(0)} Å and more is dark.`
        : `${residue(i)} to ${residue(j)}: ${values[i * n + j].toFixed(1)} Å between C-beta atoms`;
    }));
  }

  async function drawTorsions(plddt) {
    if (!has("torsions.json")) return;
    const torsions = await api.json(path("torsions.json"));
    if (closed) return;
    addPlot(plots, "Ramachandran plot", (caption) => {
      caption.textContent = "Backbone angles, each residue in the colour of its pLDDT.";
      return ramachandran(torsions.phi, torsions.psi, plddt);
    });
  }

  draw().catch((problem) => plots.append(make("p", { class: "faults" }, `The result cannot be drawn: ${problem.message}`)));
  return () => { closed = true; viewer.close(); };
}

function addPlot(plots, title, draw, wide = false) {
  const caption = make("figcaption");
  plots.append(make("figure", { class: wide ? "panel wide" : "panel" }, make("h2", {}, title), draw(caption), caption));
}

function fillStrip(strip, sequence, plddt, onPoint) {
  for (let start = 0; start < sequence.length; start += 10) {
    const ten = make("span", { class: "ten", "data-number": start + 1 });
    for (let i = start; i < Math.min(start + 10, sequence.length); i++) {
      const kind = classOf(plddt[i]);
      ten.append(make("button", {
        type: "button", class: kind.variable === "--very-high" ? "high-contrast" : null, style: `background:var(${kind.variable})`,
        "aria-label": `${sequence[i]}${i + 1}, pLDDT ${plddt[i].toFixed(0)}`, tabindex: i === 0 ? "0" : "-1",
        onpointerenter: () => onPoint(i), onpointerleave: () => onPoint(null), onfocus: () => onPoint(i),
        onkeydown: (event) => move(event, strip, i),
      }, sequence[i]));
    }
    strip.append(ten);
  }
}

/** The arrow keys go along the sequence: one stop for the tab key. */
function move(event, strip, index) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = strip.querySelectorAll("button");
  const next = buttons[Math.min(buttons.length - 1, Math.max(0, index + step))];
  buttons[index].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function confidence(job) {
  const figures = [["Mean pLDDT", job.result.mean_plddt?.toFixed(1)], ["pTM", job.result.ptm?.toFixed(2)]];
  return make("section", { class: "panel", "aria-label": "Confidence" },
    make("h2", {}, "Confidence"),
    make("dl", {}, figures.filter(([, value]) => value !== undefined).map(([name, value]) => [make("dt", {}, name), make("dd", {}, make("strong", {}, value))])));
}

function downloads(job, path) {
  return make("section", { class: "panel", "aria-label": "Files" },
    make("div", { class: "row between" }, make("h2", {}, "Files"),
      make("a", { class: "button", href: path("all.zip"), download: "" }, "All as zip")),
    make("ul", { class: "files" }, job.files.map((file) =>
      make("li", {}, make("a", { href: path(file.name), download: file.file_name }, file.name), make("span", {}, bytes(file.bytes))))));
}
