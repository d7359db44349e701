import { make } from "./dom.js";
import { classOf } from "./palette.js";

const HELIX = { class: "helix", name: "helix" };
const STRAND = { class: "strand", name: "strand" };
const COIL = { class: "coil", name: "coil, turn or bend" };

/** DSSP's letters in the three kinds that are drawn. */
function kindOf(state) {
  if ("HGI".includes(state)) return HELIX;
  return "EB".includes(state) ? STRAND : COIL;
}

/**
 * Fills an element with the residues, tens by tens: the colour is pLDDT, the bar above a letter its secondary structure.
 * onPoint(index or null) follows pointer and focus; states is one DSSP letter a residue, or empty.
 */
export function sequenceStrip(strip, sequence, plddt, states, onPoint) {
  for (let start = 0; start < sequence.length; start += 10) {
    const ten = make("span", { class: "ten", "data-number": start + 1 });
    for (let i = start; i < Math.min(start + 10, sequence.length); i++) ten.append(residue(i));
    strip.append(ten);
  }

  function residue(i) {
    const confidence = classOf(plddt[i]);
    const structure = states ? kindOf(states[i] || "-") : null;
    const contrast = confidence.variable === "--very-high" ? "high-contrast" : "";
    return make("button", {
      type: "button", class: [contrast, structure?.class].filter(Boolean).join(" ") || null, style: `background:var(${confidence.variable})`,
      "aria-label": `${sequence[i]}${i + 1}, pLDDT ${plddt[i].toFixed(0)}${structure ? `, ${structure.name}` : ""}`, tabindex: i === 0 ? "0" : "-1",
      onpointerenter: () => onPoint(i), onpointerleave: () => onPoint(null), onfocus: () => onPoint(i),
      onkeydown: (event) => move(event, strip, i),
    }, sequence[i]);
  }
}

/** The arrow keys go along the sequence: one stop for the tab key. */
function move(event, strip, index) {
  const buttons = strip.querySelectorAll("button");
  const target = { ArrowRight: index + 1, ArrowLeft: index - 1, ArrowDown: index + 10, ArrowUp: index - 10, Home: 0, End: buttons.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  const next = buttons[Math.min(buttons.length - 1, Math.max(0, target))];
  buttons[index].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** What the bars above the letters mean. */
export function structureLegend() {
  return make("ul", { class: "bars", "aria-label": "Secondary structure" },
    [HELIX, STRAND, COIL].map((each) => make("li", {}, make("i", { class: each.class, "aria-hidden": "true" }), each.name)));
}
