/** The options that `render` and `evaluate style` share. */
import { type Command, Option } from 'commander';
import type { DeviceName } from '../../../models/runtime/index.ts';
import {
  BACKGROUND_MODES,
  type BackgroundMode,
  QUALITIES,
  type Quality,
  STROKES,
  type StylizeOptions,
} from '../../../models/stylize/settings.ts';
import { BEST_FIRST } from '../../core/engine/open-enlarger.ts';
import { DEFAULT_MAX_PIXELS, GAMUTS } from '../../core/pictures/read-picture.ts';
import { choiceOption, countOption, numberOption } from './option-values.ts';

/** `full` adds the ×4 network; see models/stylize/render-full.ts. */
export type RenderMode = 'instant' | 'full';

export interface RenderOptions {
  mode: RenderMode;
  likeness: number;
  tone: number;
  shape: number;
  strokes: number;
  proportions: number | 'auto';
  exaggerate: number;
  strength: number;
  background: BackgroundMode;
  faces: 'all' | 'largest';
  referenceFace: number;
  quality: Quality;
  device: 'auto' | DeviceName;
  maxPixels: number;
  json: boolean;
}

export function addRenderOptions(command: Command, modes: readonly RenderMode[] = ['instant']): Command {
  command.addOption(choiceOption('--mode <mode>', 'how to restyle', modes).default('instant'));
  for (const option of lookOptions()) command.addOption(option);
  return command
    .addOption(choiceOption('--faces <which>', 'which faces to restyle', ['all', 'largest']).default('all'))
    .addOption(deviceOption())
    .addOption(countOption('--max-pixels <n>', 'refuse larger pictures').default(DEFAULT_MAX_PIXELS))
    .option('--json', 'print JSON, and errors as JSON on stderr', false);
}

/** The settings that a style may bring, with the defaults of those that bring none. */
export const lookOptions = (): Option[] => [
  numberOption('--likeness <n>', "0: all style, 1: all the person's features", 0, 1).default(0.5),
  numberOption('--tone <n>', "0: skin in the style's tones, 1: in the portrait's own", 0, 1).default(0.5),
  numberOption('--shape <n>', "0: the person's own hair and clothes, 1: the style's are worn", 0, 1).default(
    0,
  ),
  numberOption(
    '--strokes <n>',
    'size of the strokes against the face; 1: as in the style',
    STROKES.least,
    STROKES.most,
  ).default(1),
  numberOption(
    '--proportions <n>',
    "0: the person's own proportions, 1: the style's; auto: 0, more where the style's face is far from human",
    0,
    1,
    ['auto'],
  ).default('auto'),
  numberOption(
    '--exaggerate <n>',
    "1: what tells the person's proportions from other people's is added twice more",
    0,
    1,
  ).default(0),
  numberOption('--strength <n>', '0: the untouched portrait, 1: the full effect', 0, 1).default(1),
  choiceOption('--background <kind>', 'what stands behind the person', BACKGROUND_MODES).default('style'),
  referenceFaceOption().default(0),
  choiceOption('--quality <name>', 'how much care to take', QUALITIES).default('standard'),
];

/** The options that the method itself takes. */
export const stylizeOptionsOf = (options: RenderOptions) => {
  const { likeness, tone, shape, strokes, proportions, exaggerate } = options;
  const { strength, background, faces, quality, referenceFace } = options;
  const look = { likeness, tone, shape, strokes, proportions, exaggerate, strength, background, quality };
  return { ...look, faces, referenceFace } satisfies StylizeOptions;
};

export const referenceFaceOption = (): Option =>
  countOption('--reference-face <n>', 'which face of the style, counted from the left; 0: the largest', 0);

export const deviceOption = (): Option =>
  choiceOption('--device <name>', 'what computes', ['auto', 'cpu', 'cuda', 'webgpu']).default('auto');

export const gamutOption = (): Option =>
  choiceOption(
    '--gamut <which>',
    "colours of results; source: those the picture's file can have, said by a profile",
    GAMUTS,
  ).default('srgb');

export const weightsOption = (): Option =>
  new Option(
    '--weights <name|file>',
    `what enlarges: ${BEST_FIRST.join(', ')} or an ONNX file (default: the first of these that is there)`,
  );
