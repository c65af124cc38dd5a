/** The controls of a look. A new control is one line here and its field in `lookSchema`. */
import type { Look } from '../../protocol/plugin-data.ts';

interface Shown {
  /** Shown when the user asks for more settings. */
  readonly isMore?: boolean;
}

interface Slider extends Shown {
  readonly kind: 'slider';
  readonly name: string;
  /** What the ends of the slider mean. */
  readonly ends: readonly [string, string];
  /** It may be left to the style, as `auto`. */
  readonly isAuto?: boolean;
}

interface Choice extends Shown {
  readonly kind: 'choice';
  readonly name: string;
  readonly options: readonly { readonly value: string | number; readonly label: string }[];
}

export type Control = Slider | Choice;

export const CONTROLS: { readonly [Key in Exclude<keyof Look, 'referenceFace'>]: Control } = {
  likeness: { kind: 'slider', name: 'Likeness', ends: ['More style', 'More person'] },
  tone: { kind: 'slider', name: 'Skin tone', ends: ['Style’s', 'Own'] },
  shape: { kind: 'slider', isMore: true, name: 'Costume', ends: ['Own', 'Style’s'] },
  strokes: {
    kind: 'choice',
    isMore: true,
    name: 'Strokes',
    options: [
      { value: 1, label: 'As in style' },
      { value: 1.4, label: 'Larger' },
      { value: 1.8, label: 'Largest' },
    ],
  },
  proportions: {
    kind: 'slider',
    isMore: true,
    isAuto: true,
    name: 'Proportions',
    ends: ['Own', 'Style’s'],
  },
  exaggerate: { kind: 'slider', isMore: true, name: 'Exaggerate', ends: ['As they are', 'Caricature'] },
  strength: { kind: 'slider', isMore: true, name: 'Strength', ends: ['Original', 'Full effect'] },
  background: {
    kind: 'choice',
    name: 'Background',
    options: [
      { value: 'style', label: 'Style' },
      { value: 'keep', label: 'Keep' },
      { value: 'transparent', label: 'None' },
    ],
  },
  quality: {
    kind: 'choice',
    isMore: true,
    name: 'Quality',
    options: [
      { value: 'draft', label: 'Draft' },
      { value: 'standard', label: 'Standard' },
      { value: 'best', label: 'Best' },
    ],
  },
  scale: {
    kind: 'choice',
    name: 'Size',
    options: [
      { value: 'layer', label: 'For the layer' },
      { value: 1, label: '1×' },
      { value: 2, label: '2×' },
      { value: 4, label: '4×' },
    ],
  },
};
