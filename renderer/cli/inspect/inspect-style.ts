/** The part of `limner inspect` that tells whether a picture was made in a style. */

import { classify, decodeClassifier } from '../../../models/adapt/classifier/classifier.ts';
import { LimnerError } from '../../../models/errors.ts';
import { decodePicture } from '../../core/pictures/read-picture.ts';
import { findStyle } from '../../core/styles/open-style.ts';
import { readStyle } from '../../core/styles/style-folder.ts';
import type { InspectorFactory } from './inspector.ts';

export const styleInspector: InspectorFactory = async ({ style: wanted, styles }) => {
  if (wanted === undefined) return null;
  const { style } = await readStyle(await findStyle(wanted, styles));
  const { classifier: trained, name } = style.manifest;
  if (!style.classifier || !trained)
    throw new LimnerError('NO_CLASSIFIER', `The style ${name} has no classifier.`);
  const classifier = decodeClassifier(style.classifier);
  const { threshold } = trained;
  return {
    async inspect(file, path) {
      const probability = Number(classify(classifier, await decodePicture(file, path)).toFixed(4));
      const made = probability >= threshold;
      const line = `${made ? 'Made' : 'Not made'} in ${name}: probability ${probability}, threshold ${threshold}.`;
      return { ok: true, lines: [line], json: { style: { name, probability, threshold, made } } };
    },
  };
};
