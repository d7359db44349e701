import { make } from "./dom.js";
import { classOf, css } from "./palette.js";
import { traceViewer } from "./trace.js";

const STEP_RADIANS = Math.PI / 12;
const GUEST_COLOUR = 0x8a94a0;

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
 * Shows a structure coloured by pLDDT: in Mol* where that can run, else as a trace of C-alpha atoms. Answers
 * {highlight(indices), turn(right, up), reset(), showGuest(pdb), hideGuest(), close()}: turn goes by steps of 15 degrees, a
 * guest is a second structure, in grey.
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
    const plugin = viewer.plugin;
    plugin.canvas3d.setProps({
      renderer: { backgroundColor: Number.parseInt(css("--ground").slice(1), 16) },
      camera: { helper: { axes: { name: "off", params: {} } } },
    });
    const data = await plugin.builders.data.rawData({ data: cif, label: "prediction" });
    const trajectory = await plugin.builders.structure.parseTrajectory(data, "mmcif");
    await plugin.builders.structure.hierarchy.applyPreset(trajectory, "default", {
      representationPreset: "preset-structure-representation-ma-quality-assessment-plddt",
    });
    host.querySelector("canvas")?.setAttribute("aria-label", "The structure in three dimensions; the buttons below turn it");
    return molstarControls(viewer);
  } catch (reason) {
    element.replaceChildren(host);
    host.title = `A trace of C-alpha atoms, since ${reason.message}`;
    return traceViewer(host, pdb, (i) => css(classOf(plddt[i]).variable));
  }
}

function molstarControls(viewer) {
  const plugin = viewer.plugin;
  let guest = null;

  async function hideGuest() {
    if (guest) await plugin.build().delete(guest).commit();
    guest = null;
  }

  async function showGuest(pdb) {
    await hideGuest();
    const data = await plugin.builders.data.rawData({ data: pdb, label: "compared structure" });
    guest = data.ref;
    const trajectory = await plugin.builders.structure.parseTrajectory(data, "pdb");
    const model = await plugin.builders.structure.createModel(trajectory);
    const structure = await plugin.builders.structure.createStructure(model);
    const component = await plugin.builders.structure.tryCreateComponentStatic(structure, "polymer");
    await plugin.builders.structure.representation.addRepresentation(component, {
      type: "cartoon", typeParams: { alpha: 0.75 }, color: "uniform", colorParams: { value: GUEST_COLOUR },
    });
    plugin.managers.camera.reset();
  }

  return {
    highlight: (indices) => {
      viewer.structureInteractivity({ action: "highlight" });
      if (indices.length) {
        viewer.structureInteractivity({ elements: { items: indices.map((each) => ({ label_seq_id: each + 1 })) }, action: "highlight" });
      }
    },
    turn: (right, up) => {
      const { position, target, up: upward } = plugin.canvas3d.camera.getSnapshot();
      const sight = minus(position, target);
      const vertical = unit(upward);
      const horizontal = unit(cross(vertical, sight));
      const axis = right ? vertical : horizontal;
      const angle = -STEP_RADIANS * (right || -up);
      plugin.managers.camera.setSnapshot({ position: plus(target, rotated(sight, axis, angle)), up: rotated(vertical, axis, angle), target }, 0);
    },
    reset: () => plugin.managers.camera.reset(),
    showGuest,
    hideGuest,
    close: () => viewer.dispose(),
  };
}

const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const plus = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a) => a.map((each) => each / Math.hypot(...a));

/** Rodrigues' formula. */
function rotated(v, axis, angle) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const across = cross(axis, v);
  const along = dot(axis, v) * (1 - c);
  return v.map((each, k) => each * c + across[k] * s + axis[k] * along);
}
