import { make } from "./dom.js";

/** Angles in radians, and the share of the canvas that the chain takes. */
const START = [0.5, 0.3, 0.9];

function alphaCarbons(pdb) {
  return pdb.split("\n")
    .filter((line) => line.startsWith("ATOM") && line.slice(12, 16).trim() === "CA")
    .map((line) => [30, 38, 46].map((column) => Number(line.slice(column, column + 8))));
}

function centreOf(points) {
  return [0, 1, 2].map((k) => points.reduce((sum, each) => sum + each[k], 0) / points.length);
}

const centred = (points, centre) => points.map((each) => each.map((value, k) => value - centre[k]));

const reachOf = (points) => Math.max(1, ...points.map((each) => Math.hypot(...each)));

function piecesOf(seen, colour) {
  return seen.slice(1).map((to, i) => ({ from: seen[i], to, depth: (to[2] + seen[i][2]) / 2, stroke: colour(i) }));
}

/** Draws the chain as a trace that the pointer or the arrow keys turn. Answers what viewer.js does. */
export function traceViewer(host, pdb, colour) {
  const centre = centreOf(alphaCarbons(pdb));
  const points = centred(alphaCarbons(pdb), centre);
  let guest = [];
  let reach = reachOf(points);
  const canvas = make("canvas", { class: "fallback", tabindex: "0", role: "img", "aria-label": "Trace of the C-alpha atoms; the arrow keys turn it" });
  let [turn, tilt, zoom] = START;
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
    const scale = (zoom * Math.min(width, height)) / 2 / reach;
    const seen = points.map((each) => project(each, scale, width, height));
    const pieces = [
      ...piecesOf(seen, colour),
      ...piecesOf(guest.map((each) => project(each, scale, width, height)), () => "#8a94a0"),
    ].sort((a, b) => a.depth - b.depth);
    for (const { from, to, depth, stroke } of pieces) {
      context.strokeStyle = stroke;
      context.globalAlpha = 0.45 + (0.55 * (depth + reach)) / (2 * reach);
      context.lineWidth = 5;
      context.beginPath();
      context.moveTo(from[0], from[1]);
      context.lineTo(to[0], to[1]);
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
    turn: (right, up) => { turn += (right * Math.PI) / 12; tilt -= (up * Math.PI) / 12; draw(); },
    reset: () => { [turn, tilt, zoom] = START; draw(); },
    showGuest: (other) => {
      guest = centred(alphaCarbons(other), centre);
      reach = Math.max(reachOf(points), reachOf(guest));
      draw();
    },
    hideGuest: () => { guest = []; reach = reachOf(points); draw(); },
    close: () => resized.disconnect(),
  };
}
