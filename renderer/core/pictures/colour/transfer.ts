/** Signals to light and light to sRGB. Light is relative: 1 is the white of paper, more are highlights. */

export type Transfer = 'srgb' | 'pq' | 'hlg' | { readonly gamma: number };

/** cd/m² of paper white in HDR pictures (ITU-R BT.2408). */
const PAPER_WHITE = 203;
/** cd/m² of the display that HLG is shown on, whose system gamma is 1.2 (ITU-R BT.2100). */
const HLG_PEAK = 1000;
export const HLG_GAMMA = 1.2;

/** Light of each code 0..top. Of HLG it is that of the scene: see `HLG_GAMMA`. */
export function linearTable(transfer: Transfer, top: number): Float32Array {
  const toLight = lightOf(transfer);
  return Float32Array.from({ length: top + 1 }, (_, code) => toLight(code / top));
}

function lightOf(transfer: Transfer): (signal: number) => number {
  if (transfer === 'srgb') return srgbLight;
  if (transfer === 'pq') return (signal) => (10_000 / PAPER_WHITE) * pqLight(signal);
  if (transfer === 'hlg') return hlgLight;
  return (signal) => signal ** transfer.gamma;
}

/** SMPTE ST 2084, to shares of 10,000 cd/m². */
function pqLight(signal: number): number {
  const [m1, m2] = [2610 / 16_384, (2523 / 4096) * 128];
  const [c1, c2, c3] = [3424 / 4096, (2413 / 4096) * 32, (2392 / 4096) * 32];
  const power = signal ** (1 / m2);
  return (Math.max(0, power - c1) / (c2 - c3 * power)) ** (1 / m1);
}

/** Inverse OETF of BT.2100, scaled so that the system gamma of a scene's luminance gives light relative to paper. */
function hlgLight(signal: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  const scene = signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12;
  return scene * (HLG_PEAK / PAPER_WHITE) ** (1 / HLG_GAMMA);
}

/** IEC 61966-2-1. */
const srgbLight = (signal: number): number =>
  signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;

const STEPS = 65_535;
const SIGNALS = Float32Array.from({ length: STEPS + 1 }, (_, i) => {
  const light = i / STEPS;
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
});
const CODES = Uint8Array.from(SIGNALS, (signal) => Math.round(255 * signal));

const stepOf = (light: number) => (light <= 0 ? 0 : light >= 1 ? STEPS : Math.round(light * STEPS));

/** sRGB's signal 0..1 of linear light; what lies outside 0..1 is clipped. */
export const srgbSignal = (light: number): number => SIGNALS[stepOf(light)];

/** The 8-bit sRGB code of linear light; what lies outside 0..1 is clipped. */
export const srgbCode = (light: number): number => CODES[stepOf(light)];
