/**
 * JPEGs as phones and editors write them: every viewer shows them, and libjpeg warns as it does of damage. What can be told
 * apart by the file's structure is put right here, so that whatever a decoder still says is damage.
 */

export interface MendedJpeg {
  readonly bytes: Uint8Array;
  /** Whether the file stops before its end marker. */
  readonly isCut: boolean;
  /** What the frame header asks for that no decoder here can do; null for nothing. */
  readonly obstacle: string | null;
}

/** ITU-T T.81, table B.1. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isProgressive = (frame: number) => (frame & 3) === 2;

/** Leaves out stray bytes between segments, puts the scan headers of sequential pictures right, adds a missing end. */
export function mendJpeg(bytes: Uint8Array): MendedJpeg {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  const scans = createScanRecord();
  let [at, frame] = [2, 0];
  let obstacle: string | null = null;
  for (;;) {
    at = nextMarker(bytes, at);
    const marker = bytes[at + 1];
    if (at + 1 >= bytes.length) break;
    if (marker === EOI)
      return { bytes: joined([...parts, bytes.subarray(at)], bytes), isCut: false, obstacle };
    if (marker === TEM || marker === SOI || isRestart(marker)) {
      at += 2;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (!(end <= bytes.length)) break;
    if (isFrame(marker)) {
      frame = marker;
      obstacle = obstacleIn(marker, bytes[at + 4]);
      scans.begin(bytes.subarray(at + 4, end));
    }
    if (marker !== SOS) {
      parts.push(bytes.subarray(at, end));
      at = end;
      continue;
    }
    const header = isProgressive(frame) ? bytes.subarray(at, end) : sequentialScan(bytes.subarray(at, end));
    scans.add(header);
    at = endOfScan(bytes, end);
    parts.push(header, bytes.subarray(end, at));
  }
  // Without its end every sample has to be there: only a decoder can tell that of the last scan.
  const mended = scans.areComplete() ? joined([...parts, Uint8Array.of(0xff, EOI)]) : bytes;
  return { bytes: mended, isCut: !hasEnd(bytes), obstacle };
}

/** Baseline, extended and progressive, by Huffman or arithmetic codes. */
const DECODED = [0xc0, 0xc1, 0xc2, 0xc9, 0xca];

function obstacleIn(frame: number, precision: number): string | null {
  if (!DECODED.includes(frame)) return 'a lossless or hierarchical JPEG';
  return precision === 8 ? null : `a JPEG of ${precision} bits a sample`;
}

/** Whether the last bytes, but for padding with zeros, are an end marker, wherever the segments lead. */
function hasEnd(bytes: Uint8Array): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes[end - 2] === 0xff && bytes[end - 1] === EOI;
}

/** Where the next marker begins, past whatever else stands there; the end without one. */
function nextMarker(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < bytes.length && !(bytes[at] === 0xff && bytes[at + 1] !== 0 && bytes[at + 1] !== 0xff))
    at++;
  return at;
}

/** Where entropy-coded data ends: at a marker that is neither a restart nor a stuffed byte. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.length;
}

/** The one value that Ss, Se, Ah and Al have in a sequential scan. */
function sequentialScan(header: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(header);
  copy.set([0, 63, 0], copy.length - 3);
  return copy;
}

/** Which bits of which coefficients have had their scan. */
function createScanRecord() {
  const missing = new Map<number, Set<number>>();
  return {
    /** @param frame from the precision on */
    begin(frame: Uint8Array): void {
      missing.clear();
      for (let i = 0; i < frame[5]; i++) missing.set(frame[6 + 3 * i], new Set(Array(64).keys()));
    },
    /** @param scan from its marker on */
    add(scan: Uint8Array): void {
      const [first, last, bits] = scan.subarray(scan.length - 3);
      const isExact = (bits & 15) === 0;
      for (let i = 0; i < scan[4]; i++) {
        const coefficients = missing.get(scan[5 + 2 * i]);
        for (let k = first; isExact && k <= last; k++) coefficients?.delete(k);
      }
    },
    areComplete: () =>
      missing.size > 0 && [...missing.values()].every((coefficients) => coefficients.size === 0),
  };
}

/** One array; the original where nothing was changed. */
function joined(parts: readonly Uint8Array[], original?: Uint8Array): Uint8Array {
  const whole = Buffer.concat(parts);
  return original && whole.equals(original) ? original : whole;
}
