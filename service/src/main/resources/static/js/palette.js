/** AlphaFold's colours of pLDDT, from the lower edge of each class, and what the classes are called. */
export const CLASSES = [
  { from: 90, variable: "--very-high", name: "very high (over 90)" },
  { from: 70, variable: "--high", name: "confident (70 to 90)" },
  { from: 50, variable: "--low", name: "low (50 to 70)" },
  { from: -Infinity, variable: "--very-low", name: "very low (under 50)" },
];

export const classOf = (plddt) => CLASSES.find((each) => plddt >= each.from);

export const css = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();

/** White to green, as PAE maps are drawn: small is dark. */
export function green(share) {
  const t = Math.min(1, Math.max(0, share));
  return [Math.round(0 + 255 * t), Math.round(68 + 187 * t), Math.round(27 + 228 * t)];
}

const VIRIDIS = [[68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [110, 206, 88], [181, 222, 43], [253, 231, 37]];

/** Matplotlib's viridis, turned round: small is bright. */
export function viridis(share) {
  const t = (1 - Math.min(1, Math.max(0, share))) * (VIRIDIS.length - 1);
  const i = Math.min(VIRIDIS.length - 2, Math.floor(t));
  return VIRIDIS[i].map((low, k) => Math.round(low + (VIRIDIS[i + 1][k] - low) * (t - i)));
}
