import { make } from "./dom.js";
import { classOf, css } from "./palette.js";
import { traceViewer } from "./trace.js";

let loading;

/** Mol*, loaded when it is first needed: it is large. */
function molstar() {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(make("link", { rel: "stylesheet", href: "vendor/molstar.css" }));
    document.head.append(make("script", { src: "vendor/molstar.js", onload: () => resolve(window.molstar), onerror: () => reject(new Error("Mol* is not part of this build")) }));
  });
  return loading;
}

function hasWebGl() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
}

/**
 * Shows a structure coloured by pLDDT: in Mol* where that can run, else as a trace of C-alpha atoms.
 * Answers {highlight(indices), close()}.
 */
export async function showStructure(element, { cif, pdb, plddt }) {
  const host = make("div", { style: "position:absolute;inset:0" });
  try {
    if (!hasWebGl()) throw new Error("this browser has no WebGL");
    const library = await molstar();
    element.replaceChildren(host);
    const viewer = await library.Viewer.create(host, {
      layoutIsExpanded: false, layoutShowControls: false, layoutShowSequence: false, layoutShowLog: false,
      layoutShowLeftPanel: false, layoutShowRemoteState: false, viewportShowExpand: true, viewportShowSelectionMode: false,
      viewportShowAnimation: false, viewportShowTrajectoryControls: false, collapseRightPanel: true,
    });
    const builders = viewer.plugin.builders;
    const data = await builders.data.rawData({ data: cif, label: "prediction" });
    const trajectory = await builders.structure.parseTrajectory(data, "mmcif");
    await builders.structure.hierarchy.applyPreset(trajectory, "default", {
      representationPreset: "preset-structure-representation-ma-quality-assessment-plddt",
    });
    return {
      highlight: (indices) => {
        viewer.structureInteractivity({ action: "highlight" });
        if (indices.length) {
          viewer.structureInteractivity({ elements: indices.map((each) => ({ label_seq_id: each + 1 })), action: "highlight" });
        }
      },
      close: () => viewer.dispose(),
    };
  } catch (reason) {
    element.replaceChildren(host);
    host.title = `A trace of C-alpha atoms, since ${reason.message}`;
    return traceViewer(host, pdb, (i) => css(classOf(plddt[i]).variable));
  }
}
