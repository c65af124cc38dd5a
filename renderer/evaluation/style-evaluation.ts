/** Every portrait in every style: rendered, measured, compared with two baselines, laid out for a contact sheet. */
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ERRORS, LimnerError } from '../../models/errors.ts';
import { type Face, type FaceNetworks, faceMask, findUpright, turnFace } from '../../models/face/index.ts';
import { labPlanes } from '../../models/image/colour.ts';
import { transferColour } from '../../models/image/colour-transfer.ts';
import type { Picture } from '../../models/image/picture.ts';
import { checkResult } from '../../models/stylize/check-result.ts';
import { colouredness, colourStatistics } from '../../models/stylize/colour-transport.ts';
import { type Metrics, measure } from '../../models/stylize/measure.ts';
import type { StylizeOptions } from '../../models/stylize/settings.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../models/stylize/stylize.ts';
import { failureOf, type KnownFailure } from '../core/errors.ts';
import { saveFile } from '../core/files/save-file.ts';
import { type Cell, thumbnail } from '../core/pictures/contact-sheet.ts';
import { createDebugFolder } from '../core/pictures/debug-folder.ts';
import { encodePicture } from '../core/pictures/encode-picture.ts';
import { readPicture } from '../core/pictures/read-picture.ts';

interface StyleName {
  /** The folder that the reference lies in, without those above it. */
  readonly folder: string;
  readonly style: string;
  /** Whether the reference's skin is painted in colour. */
  readonly coloured: boolean;
}

export interface Pair extends StyleName, Metrics {
  readonly portrait: string;
}

interface Subject {
  readonly name: string;
  readonly picture: Picture;
  readonly face: Face;
}

export interface PairOptions {
  readonly stylizeOptions: StylizeOptions;
  /** Refuse larger pictures. */
  readonly maxPixels: number;
  /** Whether to measure the untouched portrait and Reinhard colour transfer, too. */
  readonly baselines: boolean;
  /** A folder in which every result is saved as FOLDER/PORTRAIT.STYLE.png. */
  readonly results?: string;
  /** A folder in which the intermediate pictures of every pair are saved, with a page. */
  readonly debug?: string;
  readonly signal: AbortSignal;
  /** @param share of all the work, 0..1 */
  readonly onProgress: (share: number, label: string) => void;
  /** Told of pictures and pairs left out. */
  readonly onSkip: (name: string, failure: KnownFailure) => void;
}

/** Edge (px) of a picture on the contact sheet. */
export const CELL = 224;

export class StyleEvaluation {
  readonly pairs: Pair[] = [];
  /** One entry a pair, unless baselines are left out. */
  readonly baselines: Record<'untouched' | 'reinhard', Metrics[]> = { untouched: [], reinhard: [] };
  /** Pictures and pairs left out, with the code of the error. */
  readonly skipped: { name: string; code: string }[] = [];
  /** The contact sheet: portraits in the first row, references in the first column. */
  readonly rows: (Cell | null)[][] = [];

  readonly #networks: FaceNetworks;
  readonly #options: PairOptions;

  constructor(networks: FaceNetworks, options: PairOptions) {
    this.#networks = networks;
    this.#options = options;
  }

  /** @throws CANCELLED, and anything that is not the fault of a single picture */
  async run(portraits: readonly string[], styles: readonly string[]): Promise<void> {
    const subjects: Subject[] = [];
    for (const path of portraits) {
      const subject = await this.#attempt(path, () => this.#readSubject(path));
      if (subject) subjects.push(subject);
    }
    this.rows.push([null, ...subjects.map(({ picture, name }) => cell(picture, name))]);
    for (const [i, path] of styles.entries()) {
      const style = await this.#attempt(path, () => this.#readStyle(path));
      if (style)
        await this.#evaluateStyle(nameOf(path, style), style, subjects, i / styles.length, styles.length);
    }
  }

  /** Null when the picture is at fault, which is told and noted. */
  async #attempt<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    this.#options.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const failure = failureOf(error);
      if (ERRORS[failure.code].exit !== ERRORS.NO_FACE.exit && failure.code !== 'BAD_OUTPUT') throw error;
      this.#options.onSkip(name, failure);
      this.skipped.push({ name, code: failure.code });
      return null;
    }
  }

  async #readSubject(path: string): Promise<Subject> {
    const picture = await readPicture(path, this.#options);
    const { picture: upright, faces, quarters } = await findUpright(picture, this.#networks);
    if (faces.length === 0) throw new LimnerError('NO_FACE', `No face was found in ${path}.`);
    return { name: basename(path), picture, face: turnFace(faces[0], -quarters, upright) };
  }

  async #readStyle(path: string): Promise<PreparedStyle> {
    const style = await prepareStyle(await readPicture(path, this.#options), this.#networks);
    return style.ofFace(this.#options.stylizeOptions.referenceFace ?? 0);
  }

  async #evaluateStyle(
    name: StyleName,
    style: PreparedStyle,
    subjects: readonly Subject[],
    done: number,
    styles: number,
  ): Promise<void> {
    const row: (Cell | null)[] = [cell(style.reference, name.style)];
    for (const [i, subject] of subjects.entries()) {
      const pair = `${subject.name} × ${name.style}`;
      this.#options.onProgress(done + i / subjects.length / styles, pair);
      row.push(await this.#attempt(pair, () => this.#evaluatePair(subject, name, style)));
    }
    this.rows.push(row);
  }

  async #evaluatePair(
    { name, picture, face }: Subject,
    styleName: StyleName,
    style: PreparedStyle,
  ): Promise<Cell> {
    const { baselines, results, debug: folder, stylizeOptions, signal } = this.#options;
    const pair = `${bareName(name)}.${bareName(styleName.style)}`;
    const debug = folder ? createDebugFolder(join(folder, styleName.folder, pair), pair) : null;
    const options = { ...stylizeOptions, signal, inspect: debug?.add };
    const result = await stylize(picture, style, this.#networks, options);
    await debug?.write(signal);
    checkResult(result.picture, picture.width, picture.height);
    const { reference, face: referenceFace } = style;
    const compared = { portrait: picture, portraitFace: face, reference, referenceFace };
    const judge = (judged: Picture) => measure({ ...compared, result: judged }, this.#networks);
    const metrics = await judge(result.picture);
    if (baselines) {
      this.baselines.untouched.push(await judge(picture));
      this.baselines.reinhard.push(await judge(transferColour(picture, style.reference)));
    }
    this.pairs.push({ portrait: name, ...styleName, ...metrics });
    if (results) {
      const file = join(results, styleName.folder, `${pair}.png`);
      await saveFile(file, await encodePicture(result.picture, 'png'), signal);
    }
    return cell(
      result.picture,
      `${metrics.identity?.toFixed(2) ?? 'LOST'} ${metrics.styleDistance.toFixed(3)}`,
    );
  }
}

const cell = (picture: Picture, label: string): Cell => ({ picture: thumbnail(picture, CELL), label });
const bareName = (file: string) => basename(file, extname(file));

function nameOf(path: string, { reference, face }: PreparedStyle): StyleName {
  const skin = faceMask(face.landmarks, reference.width, reference.height, 0);
  return {
    folder: basename(dirname(resolve(path))),
    style: basename(path),
    coloured: colouredness(colourStatistics(labPlanes(reference), skin)) === 1,
  };
}
