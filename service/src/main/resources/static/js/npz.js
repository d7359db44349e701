/** Reads the arrays of an npz file: {name: {shape, values}}, little-endian floats of 16 or 32 bits. */
export async function readNpz(buffer) {
  const view = new DataView(buffer);
  let end = buffer.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("this is not a zip file");
  const arrays = {};
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, nameLength));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = new Uint8Array(buffer, start, size);
    arrays[name.replace(/\.npy$/, "")] = readNpy(method === 0 ? packed.slice().buffer : await inflate(packed));
  }
  return arrays;
}

async function inflate(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

function readNpy(buffer) {
  const view = new DataView(buffer);
  const long = view.getUint8(6) >= 2;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (long ? 12 : 10) + length;
  const header = new TextDecoder().decode(new Uint8Array(buffer, long ? 12 : 10, length));
  const kind = /'descr':\s*'([^']+)'/.exec(header)[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)[1].split(",").filter((each) => each.trim()).map(Number);
  if (kind === "<f4") return { shape, values: new Float32Array(buffer.slice(start)) };
  if (kind === "<f2") return { shape, values: halves(new Uint16Array(buffer.slice(start))) };
  throw new Error(`arrays of type ${kind} are not read here`);
}

/** Half-precision numbers, decoded through a table of all of them. */
function halves(bits) {
  const table = new Float32Array(65536);
  for (let i = 0; i < 65536; i++) {
    const exponent = (i >> 10) & 31;
    const fraction = i & 1023;
    const size = exponent === 0 ? fraction * 2 ** -24 : exponent === 31 ? Infinity : (1 + fraction / 1024) * 2 ** (exponent - 15);
    table[i] = i & 0x8000 ? -size : size;
  }
  return Float32Array.from(bits, (each) => table[each]);
}

/** The mean distance that a distogram gives each pair of residues, in Å: [n, n]. */
export function expectedDistance(arrays) {
  const [n, , bins] = arrays.probabilities.shape;
  const edges = arrays.bin_edges_angstrom.values;
  const width = edges[1] - edges[0];
  const centres = Float32Array.from({ length: bins }, (_, k) => (k === 0 ? edges[0] : edges[k - 1] + width) - width / 2);
  const values = new Float32Array(n * n);
  for (let pair = 0; pair < n * n; pair++) {
    let sum = 0;
    for (let k = 0; k < bins; k++) sum += arrays.probabilities.values[pair * bins + k] * centres[k];
    values[pair] = sum;
  }
  return { n, values, farthest: edges[edges.length - 1] };
}
