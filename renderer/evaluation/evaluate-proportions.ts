/** `limner evaluate proportions`: what changed proportions do to photographs, before anything is painted. */
import { basename } from 'node:path';
import { LimnerError } from '../../models/errors.ts';
import { cosineSimilarity, type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { changeProportions } from '../../models/proportions/change-proportions.ts';
import { type Changes, changesFor, IS_CHANGED } from '../../models/proportions/changes.ts';
import { frontalMesh } from '../../models/proportions/frontal-mesh.ts';
import { SIGMA } from '../../models/proportions/neutral-ratios.ts';
import { logRatios, RATIOS, type Ratio } from '../../models/proportions/ratios.ts';
import type { Device } from '../../models/runtime/index.ts';
import { checkWritable, saveFile } from '../core/files/save-file.ts';
import { type Cell, contactSheet, thumbnail } from '../core/pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../core/pictures/encode-picture.ts';
import { refuseInputs } from '../core/pictures/plan-outputs.ts';
import {
  listProportionPictures,
  type Photograph,
  type ProportionPictures,
  readPhotograph,
  readReference,
} from './proportion-pictures.ts';

export interface ProportionEvaluationOptions extends ProportionPictures {
  /** 0..1 */
  readonly proportions: number;
  readonly exaggerate: number;
  /** Where to write a contact sheet of the deformed photographs. */
  readonly sheet?: string;
  readonly device: Device;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number, label: string) => void;
}

export interface ProportionPair {
  readonly portrait: string;
  readonly style: string;
  /** Cosine of the embeddings of photograph and deformed photograph; null when no face was found again. */
  readonly identity: number | null;
  /** See models/proportions/deformation.ts. */
  readonly jacobian: number;
  /** 0..1: how much of the change was made. */
  readonly share: number;
  /** Whether glasses were found. */
  readonly isRigid: boolean;
  /** Log ratios, in the order of `ratios`. */
  readonly asked: Changes;
  readonly measured: readonly number[] | null;
}

export interface ProportionReport {
  readonly pairs: readonly ProportionPair[];
  readonly identity: { readonly mean: number; readonly worstTenth: number; readonly lost: number };
  readonly smallestJacobian: number;
  /** Pairs of which less than all could be asked. */
  readonly scaledBack: number;
  /** Measured over asked change, least squares, in standard deviations of people: of all ratios, and of each. */
  readonly measuredOverAsked: MeasuredOverAsked;
  /** The same of people with glasses, whose frames hold eyes and brows, and of those without; null where there are none. */
  readonly withGlasses: MeasuredOverAsked | null;
  readonly withoutGlasses: MeasuredOverAsked | null;
  /** Pictures left out: no face, or turned too far. */
  readonly skipped: readonly string[];
}

type MeasuredOverAsked = { readonly all: number } & Readonly<Partial<Record<Ratio, number>>>;

interface Subject extends Photograph {
  readonly embedding: Float32Array;
}

/** @throws NOT_FOUND, NO_PICTURES, NO_FACE when no pair is left, CANCELLED */
export async function evaluateProportions(options: ProportionEvaluationOptions): Promise<ProportionReport> {
  const { all, portraits, styles } = await listProportionPictures(options);
  if (options.sheet) {
    outputFormat(options.sheet);
    await refuseInputs([options.sheet], [...all, ...styles]);
    await checkWritable(options.sheet);
  }
  const networks = await loadFaceNetworks({ device: options.device });
  try {
    return await run(portraits, styles, networks, options);
  } finally {
    await networks.release();
  }
}

/** Edge (px) of a picture on the contact sheet. */
const CELL = 256;

async function run(
  portraits: readonly string[],
  styles: readonly string[],
  networks: FaceNetworks,
  options: ProportionEvaluationOptions,
): Promise<ProportionReport> {
  const { signal, onProgress, sheet } = options;
  const skipped: string[] = [];
  const references: { name: string; landmarks: Float32Array; cell: Cell }[] = [];
  for (const path of styles) {
    const reference = await readReference(path, networks);
    if (!reference) skipped.push(path);
    else references.push({ ...reference, cell: cellOf(reference.picture, path) });
  }
  const pairs: ProportionPair[] = [];
  const rows: (Cell | null)[][] = [[null, ...references.map(({ cell }) => cell)]];
  for (const [i, path] of portraits.entries()) {
    const subject = await subjectOf(path, networks);
    if (!subject) skipped.push(path);
    const row: (Cell | null)[] = subject ? [cellOf(subject.picture, path)] : [];
    for (const { name, landmarks } of subject ? references : []) {
      if (signal.aborted) throw new LimnerError('CANCELLED', 'The evaluation was cancelled.');
      const { pair, picture } = await evaluatePair(subject as Subject, name, landmarks, networks, options);
      pairs.push(pair);
      if (sheet) row.push({ picture: thumbnail(picture, CELL), label: pair.identity?.toFixed(2) ?? 'LOST' });
    }
    if (subject) rows.push(row);
    onProgress((i + 1) / portraits.length, basename(path));
  }
  if (pairs.length === 0) throw new LimnerError('NO_FACE', 'No pair of a portrait and a style is left.');
  if (sheet)
    await saveFile(sheet, await encodePicture(contactSheet(rows, CELL), outputFormat(sheet)), signal);
  return { ...summarize(pairs), pairs, skipped };
}

const cellOf = (picture: Picture, path: string): Cell => ({
  picture: thumbnail(picture, CELL),
  label: basename(path),
});

async function subjectOf(path: string, networks: FaceNetworks): Promise<Subject | null> {
  const photograph = await readPhotograph(path, networks);
  if (!photograph) return null;
  return { ...photograph, embedding: await networks.embed(photograph.picture, photograph.face) };
}

async function evaluatePair(
  { name, picture, face, matte, embedding }: Subject,
  style: string,
  reference: Float32Array,
  networks: FaceNetworks,
  wishes: ProportionEvaluationOptions,
) {
  const asked = changesFor(face.landmarks, reference, wishes);
  const result = changeProportions({ picture, matte }, face, asked);
  const [found] = await networks.findFaces(result.picture);
  const before = logRatios(frontalMesh(face.landmarks).points);
  const pair: ProportionPair = {
    portrait: name,
    style,
    identity: found ? cosineSimilarity(embedding, await networks.embed(result.picture, found)) : null,
    jacobian: result.jacobian,
    share: result.share,
    isRigid: result.isRigid,
    asked,
    measured: found
      ? logRatios(frontalMesh(found.landmarks).points).map((value, r) => value - before[r])
      : null,
  };
  return { pair, picture: result.picture };
}

function summarize(pairs: readonly ProportionPair[]) {
  const identities = pairs.map(({ identity }) => identity ?? 0).sort((a, b) => a - b);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    identity: {
      mean: mean(identities),
      worstTenth: mean(identities.slice(0, Math.ceil(identities.length / 10))),
      lost: pairs.filter(({ identity }) => identity === null).length,
    },
    smallestJacobian: Math.min(...pairs.map(({ jacobian }) => jacobian)),
    scaledBack: pairs.filter(({ share }) => share < 1).length,
    measuredOverAsked: measuredOverAsked(pairs),
    withGlasses: measuredWhere(pairs, true),
    withoutGlasses: measuredWhere(pairs, false),
  };
}

function measuredWhere(pairs: readonly ProportionPair[], isRigid: boolean): MeasuredOverAsked | null {
  const those = pairs.filter((pair) => pair.isRigid === isRigid);
  return those.length > 0 ? measuredOverAsked(those) : null;
}

const CHANGED = RATIOS.flatMap((_, r) => (IS_CHANGED[r] ? [r] : []));

const measuredOverAsked = (pairs: readonly ProportionPair[]): MeasuredOverAsked => ({
  all: slope(pairs, CHANGED),
  ...Object.fromEntries(CHANGED.map((r) => [RATIOS[r], slope(pairs, [r])])),
});

/** Of the measured on the asked changes, through 0. */
function slope(pairs: readonly ProportionPair[], ratios: readonly number[]): number {
  let [both, squares] = [0, 0];
  for (const { asked, measured } of pairs) {
    for (const r of measured ? ratios : []) {
      const wished = (asked[r] ?? 0) / SIGMA[r];
      both += (wished * (measured?.[r] ?? 0)) / SIGMA[r];
      squares += wished * wished;
    }
  }
  return both / squares;
}

/** The report for people. */
export function describeProportions(report: ProportionReport): string {
  const { identity, pairs, skipped, scaledBack, smallestJacobian } = report;
  const { measuredOverAsked, withGlasses, withoutGlasses } = report;
  return [
    `${pairs.length} pairs${skipped.length > 0 ? `; ${skipped.length} pictures without a face or turned too far` : ''}`,
    `identity of the photographs  mean ${identity.mean.toFixed(3)}, worst tenth ${identity.worstTenth.toFixed(3)}, ${identity.lost} not found again`,
    `smallest Jacobian            ${smallestJacobian.toFixed(2)}; ${scaledBack} changes scaled back`,
    listed('measured over asked', measuredOverAsked),
    ...(withGlasses && withoutGlasses
      ? [listed('of people with glasses', withGlasses), listed('of people without', withoutGlasses)]
      : []),
  ].join('\n');
}

const listed = (name: string, values: MeasuredOverAsked): string =>
  `${name.padEnd(29)}${Object.entries(values)
    .map(([ratio, value]) => `${ratio} ${value.toFixed(2)}`)
    .join(', ')}`;
