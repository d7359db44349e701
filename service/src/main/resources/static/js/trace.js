import { make } from "./dom.js";

function alphaCarbons(pdb) {
  return pdb.split("\n")
    .filter((line) => line.startsWith("ATOM") && line.slice(12, 16).trim() === "CA")
    .map((line) => [30, 38, 46].map((column) => Number(line.slice(column, column + 8))));
}

function centred(points) {
  const mean = [0, 1, 2].map((k) => points.reduce((sum, each) => sum + each[k], 0) / points.length);
  return points.map((each) => each.map((value, k) => value - mean[k]));
}

/** Draws the chain as a trace that the pointer or the arrow keys turn. */
export function traceViewer(host, pdb, colour) {
  const points = centred(alphaCarbons(pdb));
  const reach = Math.max(1, ...points.map((each) => Math.hypot(...each)));
  const canvas = make("canvas", { class: "fallback", tabindex: "0", role: "img", "aria-label": "Trace of the C-alpha atoms; the arrow keys turn it" });
  let [turn, tilt, zoom] = [0.5, 0.3, 0.9];
  let marked = new Set();

  function project([x, y, z], scale, width, height) {
    const [u, w] = [x * Math.cos(turn) + z * Math.sin(turn), z * Math.cos(turn) - x * Math.sin(turn)];
    const [v, depth] = [y * Math.cos(tilt) - w * Math.sin(tilt), w * Math.cos(tilt) + y * Math.sin(tilt)];
    return [width / 2 + u * scale, height / 2 - v * scale, depth];
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.lineCap = "round";
    const seen = points.map((each) => project(each, (zoom * Math.min(width, height)) / 2 / reach, width, height));
    const pieces = seen.slice(1).map((each, i) => ({ i, depth: (each[2] + seen[i][2]) / 2 })).sort((a, b) => a.depth - b.depth);
    for (const { i, depth } of pieces) {
      context.strokeStyle = colour(i);
      context.globalAlpha = 0.45 + (0.55 * (depth + reach)) / (2 * reach);
      context.lineWidth = 5;
      context.beginPath();
      context.moveTo(seen[i][0], seen[i][1]);
      context.lineTo(seen[i + 1][0], seen[i + 1][1]);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.fillStyle = "#ff2bd1";
    for (const i of marked) {
      context.beginPath();
      context.arc(seen[i][0], seen[i][1], 7, 0, 2 * Math.PI);
      context.fill();
    }
  }

  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    turn += event.movementX / 120;
    tilt += event.movementY / 120;
    draw();
  });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom *= event.deltaY < 0 ? 1.1 : 0.9; draw(); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[event.key];
    if (!step) return;
    event.preventDefault();
    turn += step[0];
    tilt += step[1];
    draw();
  });
  host.replaceChildren(canvas);
  const resized = new ResizeObserver(draw);
  resized.observe(canvas);
  return {
    highlight: (indices) => { marked = new Set(indices); draw(); },
    close: () => resized.disconnect(),
  };
}
