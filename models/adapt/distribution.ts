/** What is known of a style from one picture: how other pictures of it may differ from this one. */
import { labPlanes } from '../image/colour.ts';
import type { Picture } from '../image/picture.ts';
import { shrinkPicture } from '../image/shrink.ts';
import type { Distribution } from '../style-file/index.ts';

/** Lightness is measured over about so many cells along the longer edge. */
const CELLS = 12;
/** Exposure of a crop varies by this share of the spread that crops of the reference have. */
const EXPOSURE = 0.25;

export function measureDistribution(reference: Picture): Distribution {
  const scale = CELLS / Math.max(reference.width, reference.height);
  const cells = shrinkPicture(
    reference,
    Math.max(1, Math.round(reference.width * scale)),
    Math.max(1, Math.round(reference.height * scale)),
  );
  const { data } = labPlanes(cells).l;
  const mean = data.reduce((sum, l) => sum + l, 0) / data.length;
  const spread = Math.sqrt(data.reduce((sum, l) => sum + (l - mean) ** 2, 0) / data.length);
  return {
    scale: [0.92, 1.08],
    turn: 0.1,
    bend: 0.02,
    lightness: [round(mean), round(spread)],
    exposure: round(EXPOSURE * spread),
    mirrored: true,
  };
}

const round = (value: number) => Number(value.toFixed(2));
