/** `limner styles`: the folder of named styles. */
import { parse } from 'node:path';
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import type { Style } from '../../../models/style-file/index.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { listStarters } from '../../core/styles/starters.ts';
import {
  keepStyle,
  listStyles,
  readStyle,
  removeStyle,
  stylePath,
  stylesFolder,
} from '../../core/styles/style-folder.ts';
import { stylesOption } from '../options/styles-option.ts';
import type { Io } from '../terminal/io.ts';
import { addCorrectCommand } from './correct-style.ts';

const EXAMPLES = `
Examples:
  $ limner styles list
  $ limner styles show mona-lisa
  $ limner styles import downloads/mona-lisa.limner
  $ limner styles export mona-lisa --out mona-lisa.limner
  $ limner styles remove mona-lisa
  The eyes of a drawing, read too small, opened by hand; first where the handles are, then a style of the drawing:
  $ limner styles correct cartoon.jpg --picture handles.png
  $ limner styles correct cartoon.jpg --handle leftEyeUpperLid=0,-0.06 rightEyeUpperLid=0,-0.06 --out cartoon.limner

A style is one file, NAME.limner, that limner adapt makes. Any of these names or files goes into --style of limner render.
The folder is --styles, or LIMNER_STYLES, or the system's place for your data.`;

interface Options {
  styles?: string;
  json: boolean;
  name?: string;
  out?: string;
}

type Verb = (name: string, options: Options, io: Io) => Promise<void>;

export function addStylesCommand(program: Command, io: Io): void {
  const styles = program
    .command('styles')
    .description('List, show, remove, export and import named styles.')
    .addHelpText('after', EXAMPLES);
  const add = (usage: string, description: string, verb: Verb) =>
    styles
      .command(usage)
      .description(description)
      .addOption(stylesOption())
      .option('--json', 'print JSON, and errors as JSON on stderr', false)
      .action((...args: unknown[]) => {
        const [options] = args.slice(-2) as [Options];
        return verb(args.length > 2 ? String(args[0]) : '', options, io);
      });
  add('list', 'Names of the styles in the folder.', list);
  add('show <name>', 'What a style holds, and how well it was adapted.', show);
  add('remove <name>', 'Delete a style from the folder.', remove);
  add('import <file>', 'Check a style file and copy it into the folder.', importFile).option(
    '--name <name>',
    'another name than that of the file',
  );
  addCorrectCommand(styles, io);
  add('export <name>', 'Copy a style out of the folder.', exportFile).requiredOption('--out <file>', 'where');
}

const list: Verb = async (_, { styles, json }, io) => {
  const names = await listStyles(stylesFolder(styles));
  const starters = await listStarters();
  if (json) return io.out(JSON.stringify({ folder: stylesFolder(styles), styles: names, starters }));
  for (const name of names) io.out(name);
  for (const name of starters) io.out(`${name} (comes with Limner)`);
};

const show: Verb = async (name, { styles, json }, io) => {
  const { style, bytes } = await readStyle(await existing(name, styles));
  const { landmarks, ...manifest } = style.manifest;
  const shown = { bytes: bytes.length, face: landmarks !== null, ...manifest };
  io.out(json ? JSON.stringify(shown) : describeStyle(style, bytes.length));
};

const remove: Verb = async (name, { styles, json }, io) => {
  await removeStyle(stylesFolder(styles), name);
  io.out(json ? JSON.stringify({ removed: name }) : `Removed ${name}.`);
};

const importFile: Verb = async (file, { styles, name, json }, io) => {
  const { bytes } = await readStyle(file);
  const kept = await keepStyle(stylesFolder(styles), name ?? parse(file).name, bytes, io.signal);
  io.out(json ? JSON.stringify({ output: kept }) : kept);
};

const exportFile: Verb = async (name, { styles, out, json }, io) => {
  const { bytes } = await readStyle(await existing(name, styles));
  await checkWritable(out!);
  await saveFile(out!, bytes, io.signal);
  io.out(json ? JSON.stringify({ output: out }) : out!);
};

/** @throws NOT_FOUND */
async function existing(name: string, styles: string | undefined): Promise<string> {
  const folder = stylesFolder(styles);
  if (!(await listStyles(folder)).includes(name))
    throw new LimnerError('NOT_FOUND', `There is no style ${name} in ${folder}.`);
  return stylePath(folder, name);
}

function describeStyle({ manifest, weights }: Style, bytes: number): string {
  const {
    name,
    reference,
    landmarks,
    corrections,
    correctedFace,
    adaptation,
    classifier,
    settings,
    warnings,
  } = manifest;
  const networks = Object.entries(adaptation?.networks ?? {}).map(
    ([network, { steps, used, heldOut: h }]) =>
      `${network.padEnd(12)}${used ? 'adapted' : 'not better than shipped'}, ${steps} steps; held out: ` +
      `texture ${h.textureBase.toFixed(4)} → ${h.textureAdapted.toFixed(4)}, ` +
      `spectrum ${h.spectrumBase.toFixed(3)} → ${h.spectrumAdapted.toFixed(3)}, ` +
      `PSNR ${h.psnrBase.toFixed(2)} → ${h.psnrAdapted.toFixed(2)} dB`,
  );
  return [
    `${name}, ${(bytes / 1e6).toFixed(1)} MB`,
    `reference   ${reference.width}×${reference.height} px, ${landmarks ? nameOfFace(settings.referenceFace) : 'no face'}`,
    `renders     likeness ${settings.likeness}, tone ${settings.tone}, shape ${settings.shape}, strokes ${settings.strokes}, ` +
      `proportions ${settings.proportions}, exaggerate ${settings.exaggerate}, ` +
      `strength ${settings.strength}, background ${settings.background}, quality ${settings.quality}`,
    ...Object.entries(corrections).map(
      ([handle, step]) => `corrected   ${nameOfFace(correctedFace)}: ${handle} ${step.join(', ')}`,
    ),
    `weights     ${Object.keys(weights).join(', ') || 'the shipped ones'}`,
    ...networks,
    `classifier  ${classifier ? `threshold ${classifier.threshold}` : 'none'}`,
    ...warnings.map((warning) => `warning     ${warning}`),
  ].join('\n');
}

const nameOfFace = (number: number) =>
  number === 0 ? 'the largest face' : `face ${number}, counted from the left`;
