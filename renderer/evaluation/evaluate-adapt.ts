/** `limner evaluate adapt`: whether adapted networks are better than the shipped one, on fresh samples and on renders. */

import { measureDistribution } from '../../models/adapt/distribution.ts';
import { type Fidelity, fidelity, truthOf } from '../../models/adapt/fidelity.ts';
import { drawSample } from '../../models/adapt/sample.ts';
import { cosineSimilarity, type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import { cropPicture } from '../../models/image/crop.ts';
import type { Picture } from '../../models/image/picture.ts';
import { seededRandom } from '../../models/image/random.ts';
import { resizePicture } from '../../models/image/resize.ts';
import { patchProfile, profileDistance } from '../../models/image/sliced-wasserstein.ts';
import type { Device } from '../../models/runtime/index.ts';
import { openAdaptedUpscaler } from '../../models/style-file/adapted-network.ts';
import { type HeldOut, prepareOptionsOf } from '../../models/style-file/index.ts';
import { renderFull } from '../../models/stylize/render-full.ts';
import { type PreparedStyle, prepareStyle } from '../../models/stylize/stylize.ts';
import { loadUpscaler, type Upscaler, upscale } from '../../models/upscale/upscale.ts';
import { decodePicture, readPicture } from '../core/pictures/read-picture.ts';
import { readStyle } from '../core/styles/style-folder.ts';

export interface AdaptEvaluationOptions {
  readonly portraits: readonly string[];
  readonly device?: Device;
  readonly signal: AbortSignal;
}

/** Means over renders at four times the portrait's size. */
export interface RenderScore {
  /** Sliced Wasserstein distance of 7×7 Lab patches less their mean, render and reference each at its own size. */
  readonly texture: number;
  /** Cosine with the portrait's embedding. */
  readonly identity: number;
}

type Pair<T> = Readonly<Record<'shipped' | 'adapted', T>>;

export interface AdaptReport {
  readonly style: string;
  readonly heldOut: HeldOut;
  /** On samples that adaptation did not draw, repainted and shrunk; null where no face is found. */
  readonly samples: Pair<Fidelity> | null;
  readonly renders: Pair<RenderScore> | null;
}

const NAMES = ['shipped', 'adapted'] as const;
/** Of the samples; adaptation draws its own from small numbers. */
const SEED = 0x5eed;
const SAMPLES = 2;

/** Null for a style that uses the shipped weights. */
export async function evaluateAdapted(
  file: string,
  options: AdaptEvaluationOptions,
): Promise<AdaptReport | null> {
  const { style } = await readStyle(file);
  const adapted = await openAdaptedUpscaler(style, options);
  if (!adapted) return null;
  const shipped = await loadUpscaler(adapted.name, options);
  const networks = await loadFaceNetworks(options);
  try {
    const reference = await decodePicture(style.reference, file);
    const prepared = await prepareStyle(reference, networks, { ...prepareOptionsOf(style), texture: true });
    const upscalers = { shipped, adapted: adapted.upscaler };
    return {
      style: style.manifest.name,
      heldOut: style.manifest.adaptation!.networks[adapted.name]!.heldOut,
      samples: await scoreSamples(prepared, networks, upscalers),
      renders: await scoreRenders(prepared, networks, upscalers, options),
    };
  } finally {
    await Promise.all([networks, shipped.session, adapted.upscaler.session].map((used) => used.release()));
  }
}

async function scoreSamples(
  style: PreparedStyle,
  networks: FaceNetworks,
  upscalers: Pair<Upscaler>,
): Promise<Pair<Fidelity> | null> {
  const random = seededRandom(SEED);
  const scores: Record<'shipped' | 'adapted', Fidelity[]> = { shipped: [], adapted: [] };
  for (let i = 0; i < SAMPLES; i++) {
    const distribution = measureDistribution(style.reference);
    const { picture, repainted } = await drawSample(style.reference, style, networks, distribution, random);
    if (!repainted) continue;
    const [width, height] = [picture.width & ~3, picture.height & ~3];
    const whole = { x: 0, y: 0, width, height };
    const low = resizePicture(cropPicture(repainted, whole), width / 4, height / 4);
    const truth = truthOf(cropPicture(picture, whole));
    for (const name of NAMES) scores[name].push(fidelity(await upscale(low, upscalers[name]), truth));
  }
  return scores.shipped.length === 0
    ? null
    : { shipped: mean(scores.shipped), adapted: mean(scores.adapted) };
}

async function scoreRenders(
  style: PreparedStyle,
  networks: FaceNetworks,
  upscalers: Pair<Upscaler>,
  { portraits, signal }: AdaptEvaluationOptions,
): Promise<Pair<RenderScore> | null> {
  const wanted = textureProfile(style.reference);
  const scores: Record<'shipped' | 'adapted', RenderScore[]> = { shipped: [], adapted: [] };
  for (const path of portraits) {
    const portrait = await readPicture(path);
    const [face] = await networks.findFaces(portrait);
    if (!face) continue;
    const own = await networks.embed(portrait, face);
    for (const name of NAMES) {
      const { picture } = await renderFull(portrait, style, networks, upscalers[name], { signal });
      const small = resizePicture(picture, portrait.width, portrait.height);
      const [found] = await networks.findFaces(small);
      const identity = found ? cosineSimilarity(own, await networks.embed(small, found)) : 0;
      scores[name].push({ texture: profileDistance(textureProfile(picture), wanted), identity });
    }
  }
  return scores.shipped.length === 0
    ? null
    : { shipped: mean(scores.shipped), adapted: mean(scores.adapted) };
}

const textureProfile = (picture: Picture) => patchProfile(picture, { removeMean: true, native: true });

function mean<Row extends object>(rows: readonly Row[]): Row {
  const keys = Object.keys(rows[0]) as (keyof Row)[];
  const entries = keys.map((key) => [
    key,
    rows.reduce((sum, row) => sum + Number(row[key]), 0) / rows.length,
  ]);
  return Object.fromEntries(entries);
}

export function describeAdapted({ style, heldOut: h, samples, renders }: AdaptReport): string {
  const row = (what: string, from: number, to: number, digits: number) =>
    `  ${what.padEnd(22)}${from.toFixed(digits).padStart(9)}${to.toFixed(digits).padStart(9)}`;
  const fidelities = (what: string, a: Fidelity, b: Fidelity) => [
    row(`${what} texture`, a.texture, b.texture, 5),
    row(`${what} spectrum`, a.spectrum, b.spectrum, 3),
    row(`${what} PSNR`, a.psnr, b.psnr, 2),
  ];
  const before = { psnr: h.psnrBase, texture: h.textureBase, spectrum: h.spectrumBase };
  const after = { psnr: h.psnrAdapted, texture: h.textureAdapted, spectrum: h.spectrumAdapted };
  return [
    `${style.padEnd(24)}${'shipped'.padStart(9)}${'adapted'.padStart(9)}`,
    ...fidelities('held out', before, after),
    ...(samples ? fidelities('samples', samples.shipped, samples.adapted) : []),
    ...(renders
      ? [
          row('renders texture', renders.shipped.texture, renders.adapted.texture, 5),
          row('renders identity', renders.shipped.identity, renders.adapted.identity, 3),
        ]
      : []),
  ].join('\n');
}
