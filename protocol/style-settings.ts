/** The settings that a style may bring, where nobody says otherwise. */
export const DEFAULT_STYLE_SETTINGS = {
  likeness: 0.5,
  tone: 0.5,
  shape: 0,
  strokes: 1,
  proportions: 'auto',
  exaggerate: 0,
  strength: 1,
  background: 'style',
  referenceFace: 0,
  quality: 'standard',
} as const;
