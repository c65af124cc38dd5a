/** What `limner render --json` prints of a portrait. */
import type { Face, FaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { measureResult, type ResultMetrics } from '../../../models/stylize/measure.ts';
import type { PreparedStyle } from '../../../models/stylize/stylize.ts';
import type { UsedReference } from '../../../models/stylize/used-reference.ts';

export interface Rendered {
  readonly picture: Picture;
  readonly faces: readonly Face[];
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
  /** Name of the gamut of the file. */
  readonly gamut: string;
  readonly weights?: string;
  /** Of a full render: output size over that of the painting, 1 where it was painted at output size. */
  readonly enlarged?: number;
  /** And how many times larger the network made the reference for it. */
  readonly referenceEnlarged?: number;
  readonly warnings: readonly string[];
  readonly reference: UsedReference | null;
  readonly proportions: number;
}

/** Metrics are taken at the portrait's size, whatever the result's, so that they compare. */
export async function renderReport(
  output: string,
  portrait: Picture,
  rendered: Rendered,
  style: PreparedStyle,
  networks: FaceNetworks,
) {
  const { picture, gamut, faces, timings, weights, warnings, reference, proportions } = rendered;
  const { enlarged, referenceEnlarged } = rendered;
  return {
    output,
    width: picture.width,
    height: picture.height,
    gamut,
    device: networks.device,
    ...(weights === undefined ? {} : { weights }),
    ...(enlarged === undefined ? {} : { enlarged: round(enlarged, 2), referenceEnlarged }),
    faces: faces.map(({ box, score }) => ({ box: roundAll({ ...box }, 1), score: round(score, 3) })),
    reference: reference && {
      ...{ number: reference.number, count: reference.count },
      face: roundAll({ ...reference.face.box }, 1),
      part: { ...reference.part },
    },
    timings: roundAll(timings, 1),
    proportions,
    warnings,
    metrics: await metricsOf(portrait, rendered, style, networks),
  };
}

/** Nulls where no face is found again. */
async function metricsOf(
  portrait: Picture,
  { picture, faces }: Rendered,
  { reference, face: referenceFace }: PreparedStyle,
  networks: FaceNetworks,
) {
  const result = resizePicture(picture, portrait.width, portrait.height);
  const comparison = { portrait, portraitFace: faces[0], result, reference, referenceFace };
  return rounded(await measureResult(comparison, networks));
}

const rounded = ({ identity, landmarkError, styleDistance }: ResultMetrics) => ({
  identity: identity === null ? null : round(identity, 4),
  landmarkError: landmarkError === null ? null : round(landmarkError, 4),
  styleDistance: round(styleDistance, 4),
});

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const roundAll = (values: Readonly<Record<string, number>>, digits: number) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value, digits)]));
