import { make } from "./dom.js";
import { CLASSES, classOf, css, viridis } from "./palette.js";

const SCALE = Math.min(2, window.devicePixelRatio || 1);
const MARGIN = { left: 46, right: 12, top: 10, bottom: 40 };

function surface(width, height, label) {
  const canvas = make("canvas", { class: "plot", width: width * SCALE, height: height * SCALE, role: "img", "aria-label": label });
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.font = "13px system-ui, sans-serif";
  return [canvas, context];
}

/** How wide a plot along the sequence is drawn: on a narrow screen less, so that its letters stay legible. */
const wide = () => (window.innerWidth < 700 ? 480 : 1120);

/** Round numbers for an axis. */
function ticks(from, to, count) {
  const raw = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw);
  const found = [];
  for (let value = Math.ceil(from / step) * step; value <= to + 1e-9; value += step) found.push(Math.round(value * 1e6) / 1e6);
  return found;
}

function axes(context, box, x, y) {
  context.fillStyle = css("--soft");
  context.strokeStyle = css("--line");
  context.lineWidth = 1;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const value of ticks(x.from, x.to, 6)) context.fillText(value, box.x(value), box.bottom + 6);
  context.fillText(x.title, (box.left + box.right) / 2, box.bottom + 22);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of ticks(y.from, y.to, 5)) context.fillText(value, box.left - 6, box.y(value));
  context.save();
  context.translate(11, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillText(y.title, 0, 0);
  context.restore();
  context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
}

function frame(width, height, x, y) {
  const box = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  box.x = (value) => box.left + ((value - x.from) / (x.to - x.from)) * (box.right - box.left);
  box.y = (value) => box.bottom - ((value - y.from) / (y.to - y.from)) * (box.bottom - box.top);
  return box;
}

/** Where a pointer is on a canvas, in the canvas's own units. */
function position(canvas, event) {
  const bounds = canvas.getBoundingClientRect();
  return [((event.clientX - bounds.left) * canvas.width) / bounds.width / SCALE, ((event.clientY - bounds.top) * canvas.height) / bounds.height / SCALE];
}

/** Which residue of n is under the pointer, counted from 0; null beside the plot. */
function residueAt(canvas, event, box, x, n) {
  const [px] = position(canvas, event);
  const residue = Math.round(x.from + ((px - box.left) / (box.right - box.left)) * (x.to - x.from)) - 1;
  return residue >= 0 && residue < n ? residue : null;
}

/** Tells which residue is pointed at, or chosen with the arrow keys: onPoint(index or null, by key). */
function followResidues(canvas, n, at, onPoint) {
  let chosen = -1;
  canvas.tabIndex = 0;
  canvas.addEventListener("pointermove", (event) => onPoint(at(event), false));
  canvas.addEventListener("pointerleave", () => onPoint(null, false));
  canvas.addEventListener("blur", () => onPoint(null, false));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!step) return;
    event.preventDefault();
    chosen = Math.min(n - 1, Math.max(0, chosen + step));
    onPoint(chosen, true);
  });
}

/** pLDDT along the sequence; another prediction of the same length as a dashed line where there is one. */
export function plddtPlot(plddt, onPoint, other = null) {
  const [width, height] = [wide(), 240];
  const x = { from: 1, to: Math.max(2, plddt.length), title: "residue" };
  const y = { from: 0, to: 100, title: "pLDDT" };
  const box = frame(width, height, x, y);
  const [canvas, context] = surface(width, height, `pLDDT along the sequence, ${plddt.length} residues; the arrow keys go along it`);
  CLASSES.forEach((each, k) => {
    const top = k === 0 ? 100 : CLASSES[k - 1].from;
    const bottom = Math.max(0, each.from);
    context.globalAlpha = 0.18;
    context.fillStyle = css(each.variable);
    context.fillRect(box.left, box.y(top), box.right - box.left, box.y(bottom) - box.y(top));
  });
  context.globalAlpha = 1;
  if (other) line(context, box, other, css("--soft"), [5, 4]);
  line(context, box, plddt, css("--text"), []);
  axes(context, box, x, y);
  followResidues(canvas, plddt.length, (event) => residueAt(canvas, event, box, x, plddt.length), onPoint);
  return canvas;
}

function line(context, box, values, stroke, dashes) {
  context.strokeStyle = stroke;
  context.lineWidth = 1.6;
  context.setLineDash(dashes);
  context.beginPath();
  values.forEach((value, i) => (i ? context.lineTo(box.x(i + 1), box.y(value)) : context.moveTo(box.x(1), box.y(value))));
  context.stroke();
  context.setLineDash([]);
}

/** Rows drawn of an alignment; of a deeper one evenly spaced rows stand for all. */
const ROWS_DRAWN_MAX = 1000;

/** An alignment as ColabFold draws it: rows by identity to the query, where they have residues; the depth as a line. */
export function coveragePlot({ rows, depth }, onPoint) {
  const [width, height] = [wide(), 260];
  const n = depth.length;
  const x = { from: 1, to: Math.max(2, n), title: "residue" };
  const y = { from: 0, to: rows.length, title: "sequences" };
  const box = frame(width, height, x, y);
  const [canvas, context] = surface(width, height, `Coverage of the alignment, ${rows.length} rows; the arrow keys go along it`);
  const drawn = Math.min(rows.length, ROWS_DRAWN_MAX);
  const image = new ImageData(n, drawn);
  for (let k = 0; k < drawn; k++) {
    const row = rows[Math.floor((k * rows.length) / drawn)];
    const colour = viridis(1 - row.identity);
    row.present.forEach((there, i) => there && image.data.set([...colour, 255], (k * n + i) * 4));
  }
  const small = make("canvas", { width: n, height: drawn });
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, box.left, box.top, box.right - box.left, box.bottom - box.top);
  line(context, box, depth, css("--text"), []);
  axes(context, box, x, y);
  followResidues(canvas, n, (event) => residueAt(canvas, event, box, x, n), onPoint);
  return canvas;
}

/**
 * A square map of residue pairs. onPoint(i, j or null, by key) follows the pointer and, on the focused map, the arrow keys:
 * row i, column j.
 */
export function pairMap({ n, value, colour, most, xTitle, yTitle, label }, onPoint) {
  const size = 460;
  const x = { from: 1, to: Math.max(2, n), title: xTitle };
  const box = frame(size, size, x, x);
  box.y = (residue) => box.top + ((residue - 1) / (x.to - 1)) * (box.bottom - box.top);
  const [canvas, context] = surface(size, size, label);
  const image = new ImageData(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [r, g, b] = colour(value(i, j) / most);
      image.data.set([r, g, b, 255], (i * n + j) * 4);
    }
  }
  const small = make("canvas", { width: n, height: n });
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, box.left, box.top, box.right - box.left, box.bottom - box.top);
  axes(context, box, x, { from: 1, to: x.to, title: yTitle });
  const [cross, crossContext] = surface(size, size, "");
  cross.className = "plot cross";
  cross.setAttribute("aria-hidden", "true");

  function point(i, j, byKey) {
    crossContext.clearRect(0, 0, size, size);
    if (i !== null) drawCross(crossContext, box, n, i, j);
    onPoint(i, j, byKey);
  }
  followPairs(canvas, n, (event) => {
    const [px, py] = position(canvas, event);
    const j = Math.floor(((px - box.left) / (box.right - box.left)) * n);
    const i = Math.floor(((py - box.top) / (box.bottom - box.top)) * n);
    return i >= 0 && j >= 0 && i < n && j < n ? [i, j] : [null, null];
  }, point);
  return make("div", { class: "layers" }, canvas, cross);
}

/** The row and the column of a pair, as lines over the map. */
function drawCross(context, box, n, i, j) {
  const cell = (box.right - box.left) / n;
  context.strokeStyle = "#ff2bd1";
  context.lineWidth = 1.2;
  const [cx, cy] = [box.left + (j + 0.5) * cell, box.top + (i + 0.5) * cell];
  for (const [x1, y1, x2, y2] of [[box.left, cy, box.right, cy], [cx, box.top, cx, box.bottom]]) {
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }
}

function followPairs(canvas, n, at, onPoint) {
  const chosen = [0, 0];
  canvas.tabIndex = 0;
  canvas.addEventListener("pointermove", (event) => onPoint(...at(event), false));
  canvas.addEventListener("pointerleave", () => onPoint(null, null, false));
  canvas.addEventListener("blur", () => onPoint(null, null, false));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    for (const axis of [0, 1]) chosen[axis] = Math.min(n - 1, Math.max(0, chosen[axis] + step[axis]));
    onPoint(...chosen, true);
  });
}

/** Backbone torsions in degrees, coloured by pLDDT. */
export function ramachandran(phi, psi, plddt) {
  const size = 460;
  const x = { from: -180, to: 180, title: "phi (degrees)" };
  const y = { from: -180, to: 180, title: "psi (degrees)" };
  const box = frame(size, size, x, y);
  const [canvas, context] = surface(size, size, "Ramachandran plot: phi against psi");
  context.strokeStyle = css("--line");
  for (const zero of [[box.x(0), box.top, box.x(0), box.bottom], [box.left, box.y(0), box.right, box.y(0)]]) {
    context.beginPath();
    context.moveTo(zero[0], zero[1]);
    context.lineTo(zero[2], zero[3]);
    context.stroke();
  }
  phi.forEach((angle, i) => {
    if (angle === null || psi[i] === null) return;
    context.beginPath();
    context.arc(box.x(angle), box.y(psi[i]), 3.2, 0, 2 * Math.PI);
    context.fillStyle = css(classOf(plddt[i]).variable);
    context.fill();
    context.strokeStyle = "rgb(0 0 0 / .45)";
    context.stroke();
  });
  axes(context, box, x, y);
  return canvas;
}
