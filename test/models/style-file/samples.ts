/** A style without adaptation, made of bytes that nobody decodes unless a test brings real ones. */
import { ERRORS, type ErrorCode, LimnerError } from '../../../models/errors.ts';
import type { Style, StyleManifest } from '../../../models/style-file/index.ts';

const numbers = (count: number, step: number) =>
  Uint8Array.from({ length: count }, (_, i) => (i * step) % 251);

export const manifest: StyleManifest = {
  version: 1,
  name: 'La Joconde',
  source: { sha256: 'ab'.repeat(32), width: 560, height: 800 },
  reference: { width: 560, height: 800, type: 'image/jpeg' },
  landmarks: null,
  corrections: {},
  correctedFace: 0,
  settings: {
    likeness: 0.7,
    tone: 0.5,
    shape: 0,
    strokes: 1,
    proportions: 'auto',
    exaggerate: 0,
    strength: 1,
    background: 'style',
    referenceFace: 0,
    quality: 'standard',
  },
  adaptation: null,
  classifier: null,
  warnings: [],
};

export const plainStyle: Style = {
  manifest,
  reference: numbers(5000, 7),
  thumbnail: numbers(300, 11),
  weights: {},
};

/** The code of the error that `work` throws; fails on any other kind of throw, and on none. */
export function codeOf(work: () => unknown): ErrorCode {
  try {
    work();
  } catch (error) {
    if (error instanceof LimnerError && error.code in ERRORS) return error.code;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
