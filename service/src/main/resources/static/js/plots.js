import { make } from "./dom.js";
import { CLASSES, classOf, css } from "./palette.js";

const SCALE = Math.min(2, window.devicePixelRatio || 1);
const MARGIN = { left: 46, right: 12, top: 10, bottom: 40 };

function surface(width, height, label) {
  const canvas = make("canvas", { class: "plot", width: width * SCALE, height: height * SCALE, role: "img", "aria-label": label });
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.font = "12px system-ui, sans-serif";
  return [canvas, context];
}

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

/** pLDDT along the sequence. onPoint(residue index or null) follows the pointer. */
export function plddtPlot(plddt, onPoint) {
  const [width, height] = [1120, 240];
  const x = { from: 1, to: Math.max(2, plddt.length), title: "residue" };
  const y = { from: 0, to: 100, title: "pLDDT" };
  const box = frame(width, height, x, y);
  const [canvas, context] = surface(width, height, `pLDDT along the sequence, ${plddt.length} residues`);
  CLASSES.forEach((each, k) => {
    const top = k === 0 ? 100 : CLASSES[k - 1].from;
    const bottom = Math.max(0, each.from);
    context.globalAlpha = 0.18;
    context.fillStyle = css(each.variable);
    context.fillRect(box.left, box.y(top), box.right - box.left, box.y(bottom) - box.y(top));
  });
  context.globalAlpha = 1;
  context.strokeStyle = css("--text");
  context.lineWidth = 1.6;
  context.beginPath();
  plddt.forEach((value, i) => (i ? context.lineTo(box.x(i + 1), box.y(value)) : context.moveTo(box.x(1), box.y(value))));
  context.stroke();
  axes(context, box, x, y);
  canvas.addEventListener("pointermove", (event) => {
    const [px] = position(canvas, event);
    const residue = Math.round(x.from + ((px - box.left) / (box.right - box.left)) * (x.to - x.from)) - 1;
    onPoint(residue >= 0 && residue < plddt.length ? residue : null);
  });
  canvas.addEventListener("pointerleave", () => onPoint(null));
  return canvas;
}

/** A square map of residue pairs. onPoint(i, j or null) follows the pointer: row i, column j. */
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
  canvas.addEventListener("pointermove", (event) => {
    const [px, py] = position(canvas, event);
    const j = Math.floor(((px - box.left) / (box.right - box.left)) * n);
    const i = Math.floor(((py - box.top) / (box.bottom - box.top)) * n);
    if (i >= 0 && j >= 0 && i < n && j < n) onPoint(i, j);
    else onPoint(null, null);
  });
  canvas.addEventListener("pointerleave", () => onPoint(null, null));
  return canvas;
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
