/**
 * The energy of one target pixel and one source pixel, and PatchMatch over it (Barnes et al. 2009). AssemblyScript: see
 * ../kernels.ts for what each function does and ../reference.ts for the same in plain TypeScript, bit for bit.
 */

// Geometry of a patch; equal to PATCH in ../kernels.ts.
const RADIUS: i32 = 2;
const PIXELS: i32 = 25;
/** Bytes of a Lab pixel (4 × i16) and of a guide vector (16 × i16). */
const LAB: usize = 8;
const GUIDE: usize = 32;
/** Energy of a match that no patch may be taken from: anything else is better. */
const UNUSABLE: f32 = 1e9;
/** log2 of the edge (px) of a cell in which uses are counted. */
const CELL_SHIFT: i32 = 2;

let targetWidth: i32 = 0;
let targetHeight: i32 = 0;
/** Pixels of a padded target row. */
let targetStride: i32 = 0;
let sourceWidth: i32 = 0;
let sourceHeight: i32 = 0;
let cellsAcross: i32 = 0;
let targetLab: usize = 0;
let sourceLab: usize = 0;
let targetGuides: usize = 0;
let sourceGuides: usize = 0;
let positionX: usize = 0;
let positionY: usize = 0;
let positionWeight: usize = 0;
let region: usize = 0;
let valid: usize = 0;
let field: usize = 0;
let costs: usize = 0;
let uses: usize = 0;
let anchorX: i32 = 0;
let anchorY: i32 = 0;
let positionCap: f32 = 0;
let styleScale: f32 = 0;
let guideScale: f32 = 0;
let useScale: f32 = 0;
let useCap: f32 = 1;

export function setSizes(tw: i32, th: i32, sw: i32, sh: i32, ax: i32, ay: i32): void {
  targetWidth = tw;
  targetHeight = th;
  targetStride = tw + 2 * RADIUS;
  sourceWidth = sw;
  sourceHeight = sh;
  cellsAcross = (sw >> CELL_SHIFT) + 1;
  anchorX = ax;
  anchorY = ay;
}

export function setPictures(tl: usize, sl: usize, tg: usize, sg: usize): void {
  targetLab = tl;
  sourceLab = sl;
  targetGuides = tg;
  sourceGuides = sg;
}

export function setPlanes(px: usize, py: usize, pw: usize, inside: usize, usable: usize): void {
  positionX = px;
  positionY = py;
  positionWeight = pw;
  region = inside;
  valid = usable;
}

export function setState(matches: usize, energies: usize, counts: usize): void {
  field = matches;
  costs = energies;
  uses = counts;
}

export function setWeights(style: f32, guide: f32, cap: f32, use: f32, mostUse: f32): void {
  styleScale = style;
  guideScale = guide;
  positionCap = cap;
  useScale = use;
  useCap = mostUse;
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function sum(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  );
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function guideDistance(p: usize, q: usize): v128 {
  const a = i16x8.sub(v128.load(p), v128.load(q));
  const b = i16x8.sub(v128.load(p, 16), v128.load(q, 16));
  return i32x4.add(i32x4.dot_i16x8_s(a, a), i32x4.dot_i16x8_s(b, b));
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function rowDistance(p: usize, q: usize): v128 {
  const a = i16x8.sub(v128.load(p), v128.load(q));
  const b = i16x8.sub(v128.load(p, 16), v128.load(q, 16));
  const c = i16x8.sub(v128.load64_zero(p, 32), v128.load64_zero(q, 32));
  return i32x4.add(
    i32x4.add(i32x4.dot_i16x8_s(a, a), i32x4.dot_i16x8_s(b, b)),
    i32x4.dot_i16x8_s(c, c),
  );
}

/** Infinity as soon as it is known to reach `best`. */
function energy(x: i32, y: i32, u: i32, v: i32, best: f32): f32 {
  const k = y * targetWidth + x;
  const t = <usize>((y + RADIUS) * targetStride + x + RADIUS);
  const s = <usize>(v * sourceWidth + u);

  const tg = targetGuides + t * GUIDE;
  const sg = sourceGuides + s * GUIDE;
  const tRow = <usize>(RADIUS * targetStride) * GUIDE;
  const sRow = <usize>(RADIUS * sourceWidth) * GUIDE;
  const side = <usize>RADIUS * GUIDE;
  const corners = i32x4.add(
    i32x4.add(
      guideDistance(tg - tRow - side, sg - sRow - side),
      guideDistance(tg - tRow + side, sg - sRow + side),
    ),
    i32x4.add(
      guideDistance(tg + tRow - side, sg + sRow - side),
      guideDistance(tg + tRow + side, sg + sRow + side),
    ),
  );
  const middle = guideDistance(tg, sg);
  const guides = i32x4.add(i32x4.shl(middle, 3), i32x4.add(corners, i32x4.shl(corners, 1)));
  let e: f32 = <f32>sum(guides) * guideScale;

  const dx = load<f32>(positionX + (<usize>k << 2)) - <f32>u;
  const dy = load<f32>(positionY + (<usize>k << 2)) - <f32>v;
  const away = (dx * dx + dy * dy) * load<f32>(positionWeight + (<usize>k << 2));
  e += (away * positionCap) / (away + positionCap);

  const cell = (v >> CELL_SHIFT) * cellsAcross + (u >> CELL_SHIFT);
  const use = <f32>load<i32>(uses + (<usize>cell << 2)) * useScale;
  e += (use * useCap) / (use + useCap);
  if (e >= best) return Infinity;
  if (styleScale == 0) return e;

  const limit: f32 = (best - e) / styleScale;
  let p = targetLab + (t - <usize>(RADIUS * targetStride + RADIUS)) * LAB;
  let q = sourceLab + (s - <usize>(RADIUS * sourceWidth + RADIUS)) * LAB;
  const pNext = <usize>targetStride * LAB;
  const qNext = <usize>sourceWidth * LAB;
  let total = i32x4.add(rowDistance(p, q), rowDistance(p + pNext, q + qNext));
  if (<f32>sum(total) >= limit) return Infinity;
  p += 2 * pNext;
  q += 2 * qNext;
  total = i32x4.add(total, i32x4.add(rowDistance(p, q), rowDistance(p + pNext, q + qNext)));
  if (<f32>sum(total) >= limit) return Infinity;
  total = i32x4.add(total, rowDistance(p + 2 * pNext, q + 2 * qNext));
  return e + <f32>sum(total) * styleScale;
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function isUsable(u: i32, v: i32): bool {
  return (
    u >= RADIUS &&
    v >= RADIUS &&
    u < sourceWidth - RADIUS &&
    v < sourceHeight - RADIUS &&
    load<u8>(valid + <usize>(v * sourceWidth + u)) != 0
  );
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function changeUse(match: i32, by: i32): void {
  const cell = ((match >>> 16) >> CELL_SHIFT) * cellsAcross + ((match & 0xffff) >> CELL_SHIFT);
  const at = uses + (<usize>cell << 2);
  store<i32>(at, load<i32>(at) + by);
}

export function countUses(): void {
  memory.fill(uses, 0, <usize>(cellsAcross * ((sourceHeight >> CELL_SHIFT) + 1)) << 2);
  const size = targetWidth * targetHeight;
  for (let k = 0; k < size; k++) {
    if (load<u8>(region + <usize>k)) changeUse(load<i32>(field + (<usize>k << 2)), 1);
  }
}

export function computeCosts(): void {
  for (let y = 0; y < targetHeight; y++) {
    for (let x = 0; x < targetWidth; x++) {
      const k = <usize>(y * targetWidth + x);
      if (!load<u8>(region + k)) continue;
      const match = load<i32>(field + (k << 2));
      const u = match & 0xffff;
      const v = match >>> 16;
      store<f32>(costs + (k << 2), energy(x, y, u, v, Infinity) + (isUsable(u, v) ? 0 : UNUSABLE));
    }
  }
}

/** 32 well mixed bits (the finaliser of MurmurHash3). */
// @ts-expect-error: decorator of AssemblyScript
@inline
function mix(value: u32): u32 {
  let h = value;
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** An integer of -reach..reach from 16 random bits. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function spread(bits: u32, reach: i32): i32 {
  return <i32>(((bits & 0xffff) * <u32>(2 * reach + 1)) >>> 16) - reach;
}

let bestMatch: i32 = 0;
let bestCost: f32 = 0;

// @ts-expect-error: decorator of AssemblyScript
@inline
function consider(x: i32, y: i32, u: i32, v: i32): void {
  if (!isUsable(u, v)) return;
  const match = (v << 16) | u;
  if (match == bestMatch) return;
  const e = energy(x, y, u, v, bestCost);
  if (e < bestCost) {
    changeUse(bestMatch, -1);
    changeUse(match, 1);
    bestMatch = match;
    bestCost = e;
  }
}

export function sweep(forwards: i32, reach: i32, seed: u32): void {
  const step = forwards ? -1 : 1;
  for (let row = 0; row < targetHeight; row++) {
    const y = forwards ? row : targetHeight - 1 - row;
    const hasRow = y + step >= 0 && y + step < targetHeight;
    for (let column = 0; column < targetWidth; column++) {
      const x = forwards ? column : targetWidth - 1 - column;
      const k = y * targetWidth + x;
      if (!load<u8>(region + <usize>k)) continue;
      const at = <usize>k << 2;
      bestMatch = load<i32>(field + at);
      bestCost = load<f32>(costs + at);
      if (bestCost <= 0) continue;
      const beside = x + step;
      if (beside >= 0 && beside < targetWidth && load<u8>(region + <usize>(k + step))) {
        const match = load<i32>(field + (<usize>(k + step) << 2));
        consider(x, y, (match & 0xffff) - step, match >>> 16);
      }
      const near = k + step * targetWidth;
      if (hasRow && load<u8>(region + <usize>near)) {
        const match = load<i32>(field + (<usize>near << 2));
        consider(x, y, match & 0xffff, (match >>> 16) - step);
      }
      let random = mix(seed ^ mix(<u32>((x - anchorX) * 0x9e3779b1) ^ mix(<u32>(y - anchorY))));
      for (let r = reach; r >= 1; r >>= 1) {
        consider(x, y, (bestMatch & 0xffff) + spread(random, r), (bestMatch >>> 16) + spread(random >>> 16, r));
        random = mix(random + 0x9e3779b9);
      }
      const r = max(1, reach >> 2);
      const u = <i32>nearest(load<f32>(positionX + at)) + spread(random, r);
      const v = <i32>nearest(load<f32>(positionY + at)) + spread(random >>> 16, r);
      consider(x, y, u, v);
      store<i32>(field + at, bestMatch);
      store<f32>(costs + at, bestCost);
    }
  }
}

/** A colour of 32-bit floats as the nearest fixed-point integers. */
@inline
function storeColour(pixel: usize, colour: v128): void {
  const rounded = i32x4.trunc_sat_f32x4_s(f32x4.nearest(colour));
  v128.store64_lane(pixel, i16x8.narrow_i32x4_s(rounded, rounded), 0);
}

export function vote(out: usize): void {
  for (let y = 0; y < targetHeight; y++) {
    for (let x = 0; x < targetWidth; x++) {
      const k = y * targetWidth + x;
      const pixel = out + <usize>((y + RADIUS) * targetStride + x + RADIUS) * LAB;
      if (!load<u8>(region + <usize>k)) continue;
      let total = i32x4.splat(0);
      let count: i32 = 0;
      const top = max(-RADIUS, -y);
      const bottom = min(RADIUS, targetHeight - 1 - y);
      const left = max(-RADIUS, -x);
      const right = min(RADIUS, targetWidth - 1 - x);
      for (let j = top; j <= bottom; j++) {
        for (let i = left; i <= right; i++) {
          const m = k + j * targetWidth + i;
          if (!load<u8>(region + <usize>m)) continue;
          const match = load<i32>(field + (<usize>m << 2));
          const q = ((match >>> 16) - j) * sourceWidth + (match & 0xffff) - i;
          total = i32x4.add(total, v128.load_ext<i16>(sourceLab + <usize>q * LAB));
          count++;
        }
      }
      storeColour(pixel, f32x4.div(f32x4.convert_i32x4_s(total), f32x4.splat(<f32>count)));
    }
  }
}

/** The mean over 3 × 3 patches, each with the weight 1 / (1 + (energy / scale)²). */
export function voteByEnergy(out: usize, scale: f32): void {
  for (let y = 0; y < targetHeight; y++) {
    for (let x = 0; x < targetWidth; x++) {
      const k = y * targetWidth + x;
      const pixel = out + <usize>((y + RADIUS) * targetStride + x + RADIUS) * LAB;
      if (!load<u8>(region + <usize>k)) continue;
      let sum = f32x4.splat(0);
      let total: f32 = 0;
      const top = max(-1, -y);
      const bottom = min(1, targetHeight - 1 - y);
      const left = max(-1, -x);
      const right = min(1, targetWidth - 1 - x);
      for (let j = top; j <= bottom; j++) {
        for (let i = left; i <= right; i++) {
          const m = k + j * targetWidth + i;
          if (!load<u8>(region + <usize>m)) continue;
          const match = load<i32>(field + (<usize>m << 2));
          const q = ((match >>> 16) - j) * sourceWidth + (match & 0xffff) - i;
          const shown = f32x4.convert_i32x4_s(v128.load_ext<i16>(sourceLab + <usize>q * LAB));
          const relative = load<f32>(costs + (<usize>m << 2)) / scale;
          const weight: f32 = <f32>1 / (<f32>1 + relative * relative);
          sum = f32x4.add(sum, f32x4.mul(f32x4.splat(weight), shown));
          total += weight;
        }
      }
      storeColour(pixel, f32x4.div(sum, f32x4.splat(total)));
    }
  }
}

/** Repeats the border pixels of a padded Lab picture outwards. */
export function padBorders(picture: usize): void {
  const row = <usize>targetStride * LAB;
  for (let y = RADIUS; y < targetHeight + RADIUS; y++) {
    const start = picture + <usize>y * row;
    const first = load<i64>(start + <usize>RADIUS * LAB);
    const last = load<i64>(start + <usize>(targetWidth + RADIUS - 1) * LAB);
    for (let x = 0; x < RADIUS; x++) {
      store<i64>(start + <usize>x * LAB, first);
      store<i64>(start + <usize>(targetWidth + RADIUS + x) * LAB, last);
    }
  }
  for (let y = 0; y < RADIUS; y++) {
    memory.copy(picture + <usize>y * row, picture + <usize>RADIUS * row, row);
    const below = <usize>(targetHeight + RADIUS + y) * row;
    memory.copy(picture + below, picture + <usize>(targetHeight + RADIUS - 1) * row, row);
  }
}
