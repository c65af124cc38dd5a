import type { SequenceEvaluation, SequenceMeasures } from './evaluate-sequence.ts';

/** As a table for people. */
export function describeSequence(report: SequenceEvaluation): string {
  const { peers } = report;
  const number = (value: number | null | undefined, digits = 2) => value?.toFixed(digits) ?? '–';
  const row = (name: string, one: Partial<SequenceMeasures> | null) =>
    [
      name.padEnd(12),
      number(one?.warpingError).padStart(8),
      number(one?.chainedError).padStart(8),
      number(one?.fineTexture, 3).padStart(8),
      number(one?.frameDifference).padStart(8),
      number(one?.identity, 3).padStart(9),
    ].join('');
  return [
    `${''.padEnd(12)}${['warping', 'chained', 'texture', 'frames', 'identity'].map((name, i) => name.padStart(i === 4 ? 9 : 8)).join('')}`,
    row('sequence', report),
    row('stills', peers.stills),
    row('portrait', peers.input),
    row('FaceBlit', { warpingError: peers.published.faceBlit }),
    `${report.frames} pictures, ${report.lost} without a face; moved by a pixel ${number(report.shift)}, noise ${number(report.noise)}`,
    ...(report.cost === null ? [] : [`a picture after the first costs ${number(report.cost)} of a still`]),
  ].join('\n');
}
