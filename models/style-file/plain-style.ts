import { STYLE_VERSION, type StyleManifest } from './manifest.ts';

/** What a style is made of besides its settings. */
type Facts = Pick<StyleManifest, 'name' | 'source' | 'reference' | 'landmarks'>;

/** The manifest of a style that is a picture alone: nothing was learnt from it. */
export const plainManifest = (facts: Facts, settings: StyleManifest['settings']): StyleManifest => ({
  version: STYLE_VERSION,
  ...facts,
  settings,
  corrections: {},
  correctedFace: 0,
  adaptation: null,
  classifier: null,
  warnings: [],
});
