/** What `limner evaluate sequence` prints. */

/** Errors are mean absolute differences, 0..255, inside the head. */
export interface SequenceMeasures {
  readonly warpingError: number;
  /** The same over ten pictures; null for fewer. */
  readonly chainedError: number | null;
  /** Of the stills', or, without them, of the first picture's. */
  readonly fineTexture: number;
  readonly frameDifference: number;
  readonly identity: number;
}

export interface SequenceEvaluation extends SequenceMeasures {
  readonly frames: number;
  readonly lost: number;
  /** Times that a head had turned so far that it got a new canvas. */
  readonly newCanvases: number;
  /** Changes of the result when the portrait is moved by a pixel, and when it gets noise of sigma 1.5. */
  readonly shift: number;
  readonly noise: number;
  /** Processor time of a picture but the one that is painted first over that of a still; null without stills. */
  readonly cost: number | null;
  readonly peers: {
    readonly input: Omit<SequenceMeasures, 'identity' | 'fineTexture'>;
    readonly stills: Omit<SequenceMeasures, 'fineTexture'> | null;
    /** Measured on the videos that came with FaceBlit (Texler et al. 2021), of another flow. */
    readonly published: { readonly faceBlit: number };
  };
}

export const PUBLISHED = { faceBlit: 5.8 };

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
    `${report.frames} pictures, ${report.lost} without a face, ${report.newCanvases} new canvases for heads that turned; moved by a pixel ${number(report.shift)}, noise ${number(report.noise)}`,
    ...(report.cost === null
      ? []
      : [`a picture after the one painted first costs ${number(report.cost)} of a still`]),
  ].join('\n');
}
