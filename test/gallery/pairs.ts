/** Which portraits the gallery paints from which references. */
import type { StylizeOptions } from '../../models/stylize/settings.ts';

export interface Pair {
  /** Of the approved file: portrait, reference and what is unusual of the settings. */
  readonly name: string;
  readonly portrait: string;
  readonly reference: string;
  readonly options: StylizeOptions;
}

type Portrait = readonly [name: string, options?: StylizeOptions];

/** Every portrait meets four references, most references four portraits. */
const PORTRAITS_OF: Readonly<Record<string, readonly Portrait[]>> = {
  charcoal: [['casten'], ['pressley'], ['sanders'], ['omar', { background: 'transparent' }]],
  engraving: [['allred'], ['crenshaw'], ['duckworth']],
  gouache: [['casten'], ['defazio'], ['underwood'], ['wilson']],
  ink: [['crenshaw'], ['omar'], ['sinema']],
  linocut: [['green'], ['pressley'], ['sinema'], ['duckworth', { shape: 1 }]],
  oil: [['allred'], ['defazio'], ['duckworth'], ['omar'], ['green', { strokes: 1.6 }]],
  papercut: [['sinema'], ['underwood'], ['green', { background: 'keep' }]],
  pastel: [['allred'], ['pressley'], ['sanders'], ['wilson']],
  pencil: [['crenshaw'], ['duckworth'], ['green'], ['sanders']],
  risograph: [['casten'], ['omar'], ['underwood'], ['wilson', { strokes: 1.6 }]],
  watercolour: [['defazio'], ['sanders'], ['wilson'], ['pressley', { background: 'keep' }]],
  joconde: [['casten'], ['defazio'], ['crenshaw', { background: 'keep' }], ['sinema', { shape: 1 }]],
  texture: [['allred'], ['underwood']],
};

const describe = ([setting, value]: [string, unknown]) =>
  setting === 'background' ? String(value) : `${setting}${value}`;

export const REFERENCES = Object.keys(PORTRAITS_OF);

export const PAIRS: readonly Pair[] = REFERENCES.flatMap((reference) =>
  PORTRAITS_OF[reference].map(([portrait, options = {}]) => ({
    name: [portrait, reference, ...Object.entries(options).map(describe)].join('-'),
    portrait,
    reference,
    options,
  })),
);

/** One portrait each from media that have hardly anything in common: what every change is tested with. */
const SAMPLE = ['casten-charcoal', 'allred-oil', 'sinema-linocut', 'defazio-joconde', 'underwood-texture'];

export const SAMPLE_PAIRS = pairsNamed(SAMPLE);

/** The rest, which only the long tests paint, in two halves that take about as long. */
const DRAWN = ['charcoal', 'engraving', 'ink', 'linocut', 'pencil', 'risograph', 'texture'];
const rest = PAIRS.filter((pair) => !SAMPLE_PAIRS.includes(pair));
export const DRAWN_PAIRS = rest.filter(({ reference }) => DRAWN.includes(reference));
export const PAINTED_PAIRS = rest.filter(({ reference }) => !DRAWN.includes(reference));

/** The pairs of these names, all of them where none is named. @throws RangeError for a name that no pair has */
export function pairsNamed(names: readonly string[]): readonly Pair[] {
  const unknown = names.filter((name) => !PAIRS.some((pair) => pair.name === name));
  if (unknown.length > 0) {
    const known = PAIRS.map(({ name }) => name).join(', ');
    throw new RangeError(`Expected names of pairs but received ${unknown.join(', ')}. There are: ${known}.`);
  }
  return names.length === 0 ? PAIRS : PAIRS.filter(({ name }) => names.includes(name));
}
