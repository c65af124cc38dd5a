import type { Picture } from '../image/picture.ts';
import { STYLE_VERSION, type Style, type StyleManifest } from '../style-file/index.ts';
import { encodeClassifier } from './classifier/classifier.ts';
import type { Adaptation } from './index.ts';

/** What only the host knows or can make: files. */
export interface StyleFiles {
  readonly name: string;
  /** SHA-256 in hexadecimal, and size in px, of the file that the style was made from. */
  readonly source: StyleManifest['source'];
  /** The picture that was adapted to, and a file of it. */
  readonly picture: Pick<Picture, 'width' | 'height'>;
  readonly reference: Uint8Array;
  readonly type: StyleManifest['reference']['type'];
  /** A small PNG. */
  readonly thumbnail: Uint8Array;
}

/** @param settings what a render in the style uses where nobody says otherwise */
export function composeStyle(
  { landmarks, adaptation, weights, classifier, warnings }: Adaptation,
  { name, source, picture, reference, type, thumbnail }: StyleFiles,
  settings: StyleManifest['settings'],
): Style {
  const manifest: StyleManifest = {
    version: STYLE_VERSION,
    name,
    source,
    reference: { width: picture.width, height: picture.height, type },
    landmarks,
    corrections: {},
    correctedFace: 0,
    settings,
    adaptation,
    classifier: { threshold: classifier.threshold },
    warnings: [...warnings],
  };
  return { manifest, reference, thumbnail, weights, classifier: encodeClassifier(classifier.classifier) };
}
