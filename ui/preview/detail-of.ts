import { cropPicture } from '../../models/image/crop.ts';
import type { Picture } from '../../models/image/picture.ts';
import { shrinkPicture } from '../../models/image/shrink.ts';

/** Edge (px) of the detail of an adapted reference that is shown before and after. */
const DETAIL = 160;

/** A quarter of the size of the reference's middle, where a portrait has its face. */
export function detailOf(reference: Picture): Picture {
  const { width, height } = reference;
  const edge = Math.min(DETAIL, width, height);
  const [x, y] = [(width - edge) / 2, (height - edge) / 3].map(Math.floor);
  const part = cropPicture(reference, { x, y, width: edge, height: edge });
  return shrinkPicture(part, Math.floor(edge / 4), Math.floor(edge / 4));
}
