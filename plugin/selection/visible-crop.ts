import type { Portrait } from '../../protocol/portrait.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

export type Framing = Pick<Portrait, 'crop' | 'turn'>;

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** What a layer shows of a picture, and how it is turned. */
export function visibleCrop(paint: ImagePaint, picture: Size, layer: Size): Framing {
  if (paint.scaleMode === 'CROP' && paint.imageTransform)
    return { crop: bounds(paint.imageTransform), turn: turnOf(paint.imageTransform, picture) };
  const turn = quarter(paint.rotation ?? 0);
  return { crop: paint.scaleMode === 'FILL' ? filled(picture, layer, turn) : WHOLE, turn };
}

/** The middle of the picture that remains where it is enlarged until it covers the layer. */
function filled(picture: Size, layer: Size, turn: Portrait['turn']): Portrait['crop'] {
  const sideways = turn % 180 !== 0;
  const across = sideways ? layer.height : layer.width;
  const down = sideways ? layer.width : layer.height;
  const scale = Math.max(across / picture.width, down / picture.height);
  const width = across / (picture.width * scale);
  const height = down / (picture.height * scale);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

/** The bounds of the layer's corners on the picture. The transform leads from shares of the layer to shares of the picture. */
function bounds([[a, b, tx], [c, d, ty]]: Transform): Portrait['crop'] {
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const xs = [tx, tx + a, tx + b, tx + a + b].map(clamp);
  const ys = [ty, ty + c, ty + d, ty + c + d].map(clamp);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** To the right in the layer is some direction in the picture; the picture is turned by as much the other way. */
function turnOf([[a], [c]]: Transform, picture: Size): Portrait['turn'] {
  return quarter((-Math.atan2(c * picture.height, a * picture.width) * 180) / Math.PI);
}

function quarter(degrees: number): Portrait['turn'] {
  return ((((Math.round(degrees / 90) * 90) % 360) + 360) % 360) as Portrait['turn'];
}
