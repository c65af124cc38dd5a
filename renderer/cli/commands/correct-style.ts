/** `limner styles correct`: the face of a style's reference, corrected by hand. */
import { parse } from 'node:path';
import { type Command, Option } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import type { DeviceName } from '../../../models/runtime/index.ts';
import { encodeStyle, prepareOptionsOf, type Style } from '../../../models/style-file/index.ts';
import { plainManifest } from '../../../models/style-file/plain-style.ts';
import { styleOfFace } from '../../../models/style-file/style-of-face.ts';
import {
  type Corrections,
  FURTHEST_STEP,
  HANDLE_NAMES,
  isCorrected,
  type Step,
} from '../../../models/stylize/handles.ts';
import { findStyleFace, type StyleFace } from '../../../models/stylize/style-face.ts';
import { LARGEST } from '../../../models/stylize/used-reference.ts';
import { DEFAULT_STYLE_SETTINGS } from '../../../protocol/style-settings.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { encodePicture, outputFormat } from '../../core/pictures/encode-picture.ts';
import { drawHandles } from '../../core/pictures/handles-picture.ts';
import { refuseInputs } from '../../core/pictures/plan-outputs.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/pictures/read-picture.ts';
import { findStyle, openStyle } from '../../core/styles/open-style.ts';
import { carriedReference, packFiles } from '../../core/styles/pack-style.ts';
import { STYLE_EXTENSION } from '../../core/styles/style-folder.ts';
import { countOption } from '../options/option-values.ts';
import { deviceOption, referenceFaceOption } from '../options/render-options.ts';
import { stylesOption } from '../options/styles-option.ts';
import type { Io } from '../terminal/io.ts';
import { reportWarning } from '../terminal/report-error.ts';

const EXAMPLES = `
Examples:
  Where the handles of a drawing's face are, in words and as a picture:
    $ limner styles correct cartoon.jpg --picture handles.png
  Its eyes opened; the picture becomes a style file:
    $ limner styles correct cartoon.jpg --handle leftEyeUpperLid=0,-0.06 rightEyeUpperLid=0,-0.06 --out cartoon.limner
  A style of the folder, or a style file, is changed in place:
    $ limner styles correct cartoon --handle chin=0,0.1
  Back to what Limner finds by itself:
    $ limner styles correct cartoon --reset
  A style of the second face from the left of a picture of several; its handles are that one's:
    $ limner styles correct family.jpg --reference-face 2 --handle chin=0,0.1 --out mother.limner

The mesh network knows people's faces and reads the eyes of drawings too small. A handle is given as x,y: how far its point
lies from where the mesh has it, to the right and down, in distances between the outer corners of the eyes. Left and right
are the picture's. Handles that are not named stay as they are. Where any handle is moved, Limner corrects nothing by
itself. All renders in the style use it; the Figma plugin has the same handles to drag. A style has the handles of one face, by
which it is painted unless render says otherwise: --reference-face makes it another, whose handles start anew.
Handles: ${HANDLE_NAMES.join(', ')}.`;

interface Options {
  handle: Corrections;
  referenceFace?: number;
  reset: boolean;
  out?: string;
  picture?: string;
  styles?: string;
  device: 'auto' | DeviceName;
  maxPixels: number;
  json: boolean;
}

export function addCorrectCommand(styles: Command, io: Io): void {
  styles
    .command('correct <style>')
    .description("Show or move the handles of the face in a style's reference.")
    .addOption(handleOption())
    .addOption(referenceFaceOption())
    .option('--reset', 'forget what was corrected before', false)
    .option('--out <file>', 'where to write the style (default: where it is; needed for a picture)')
    .option('--picture <file>', 'write the reference with its handles')
    .addOption(stylesOption())
    .addOption(deviceOption())
    .addOption(countOption('--max-pixels <n>', 'refuse larger pictures').default(DEFAULT_MAX_PIXELS))
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', EXAMPLES)
    .action((style: string, options: Options) => correct(style, options, io));
}

function handleOption(): Option {
  return new Option('--handle <name=x,y...>', 'how far handles lie from where the mesh has them')
    .default({}, 'none')
    .argParser((text: string, before: Corrections): Corrections => ({ ...before, ...handleOf(text) }));
}

function handleOf(text: string): Corrections {
  const [name, step = ''] = text.split('=');
  const [x, y, ...rest] = step.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isNear = (value: number) => Math.abs(value) <= FURTHEST_STEP;
  const handle = HANDLE_NAMES.find((one) => one === name);
  if (handle && isNear(x) && isNear(y) && rest.length === 0) return { [handle]: [x, y] satisfies Step };
  throw new LimnerError(
    'USAGE',
    `Expected a handle such as leftEyeUpperLid=0,-0.06, with numbers from -${FURTHEST_STEP} to ${FURTHEST_STEP}, for --handle but received ${JSON.stringify(text)}.`,
  );
}

async function correct(wanted: string, options: Options, io: Io): Promise<void> {
  const path = await findStyle(wanted, options.styles);
  if (options.picture) outputFormat(options.picture);
  const { reference, style } = await openStyle(path, options);
  const isChanged = options.reset || Object.keys(options.handle).length > 0 || options.out !== undefined;
  const output = isChanged ? outputOf(path, style, options) : null;
  if (options.picture) await refuseInputs([options.picture], [path]);
  for (const target of [output, options.picture]) if (target) await checkWritable(target);

  const picture = style ? reference : carriedReference(reference);
  const number = options.referenceFace ?? style?.manifest.settings.referenceFace ?? LARGEST;
  const face = await look(picture, number, style, options);
  const { kept } = face;
  if (output && style && !kept && isCorrected(style.manifest.corrections))
    reportWarning('The handles of the face that was corrected before are forgotten.', io, options.json);
  const corrections = options.reset ? options.handle : { ...(kept ?? face.found), ...options.handle };
  if (options.picture)
    await saveFile(
      options.picture,
      await encodePicture(await drawHandles(face, corrections), outputFormat(options.picture)),
      io.signal,
    );
  if (output) {
    const before = style ?? (await styleOf(path, reference, picture));
    const { landmarks } = face.used.face;
    const manifest = styleOfFace(before.manifest, { number, landmarks: Array.from(landmarks), corrections });
    const bytes = encodeStyle({ ...before, manifest });
    await saveFile(output, bytes, io.signal);
  }
  const { number: used, count } = face.used;
  const report = {
    ...(output && { output }),
    reference: { number: used, count },
    corrections,
    found: face.found,
  };
  io.out(options.json ? JSON.stringify(report) : describe(report));
}

function outputOf(path: string, style: Style | null, { out }: Options): string {
  const output = out ?? (style ? path : null);
  if (output && parse(output).ext === STYLE_EXTENSION) return output;
  throw new LimnerError(
    'USAGE',
    `Expected a name ending in ${STYLE_EXTENSION} for --out but received ${output ?? 'none: a picture cannot keep handles'}.`,
  );
}

async function look(
  picture: Picture,
  number: number,
  style: Style | null,
  { device }: Options,
): Promise<StyleFace> {
  const networks = await loadFaceNetworks({ device });
  try {
    return await findStyleFace(picture, networks, number, prepareOptionsOf(style));
  } finally {
    await networks.release();
  }
}

/** A style of a picture from which nothing was learnt. */
async function styleOf(path: string, original: Picture, picture: Picture): Promise<Style> {
  const packed = await packFiles(
    parse(path).name.slice(0, 100),
    await readFileBytes(path),
    original,
    picture,
  );
  const { name, source, reference, type, thumbnail } = packed;
  const size = { width: picture.width, height: picture.height, type };
  const manifest = plainManifest({ name, source, reference: size, landmarks: null }, DEFAULT_STYLE_SETTINGS);
  return { manifest, reference, thumbnail, weights: {} };
}

interface Report {
  readonly output?: string;
  /** Counted from the left, from 1; of how many. */
  readonly reference: { readonly number: number; readonly count: number };
  readonly corrections: Corrections;
}

function describe({ output, reference: { number, count }, corrections }: Report): string {
  const steps = HANDLE_NAMES.map((name) => {
    const step: Step = corrections[name] ?? [0, 0];
    return `${name.padEnd(18)}${step.join(', ')}`;
  });
  const which = count > 1 ? [`face ${number} of ${count}, counted from the left`] : [];
  return [...which, ...steps, ...(output ? [output] : [])].join('\n');
}
