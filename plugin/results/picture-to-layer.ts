import { compose, invert, rotation, scaling, translation } from './transform.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The map from a picture's pixels to its place in a layer, whose origin is the layer's top left corner. */
export function pictureToLayer(paint: ImagePaint, picture: Size, layer: Size): Transform {
  if (paint.scaleMode === 'CROP' && paint.imageTransform) {
    const shares = compose(invert(paint.imageTransform), scaling(1 / picture.width, 1 / picture.height));
    return compose(scaling(layer.width, layer.height), shares);
  }
  if (paint.scaleMode === 'TILE')
    throw new Error('a repeated picture can have at most 4096 px; use a smaller scale.');
  return centred(paint, picture, layer);
}

/** FILL and FIT: turned about the middle and enlarged until it covers the layer, or just fits into it. */
function centred({ scaleMode, rotation: degrees = 0 }: ImagePaint, picture: Size, layer: Size): Transform {
  const sideways = Math.round(degrees / 90) % 2 !== 0;
  const across = layer.width / (sideways ? picture.height : picture.width);
  const down = layer.height / (sideways ? picture.width : picture.height);
  const scale = scaleMode === 'FIT' ? Math.min(across, down) : Math.max(across, down);
  return [
    translation(-picture.width / 2, -picture.height / 2),
    scaling(scale, scale),
    rotation(degrees),
    translation(layer.width / 2, layer.height / 2),
  ].reduce((inner, outer) => compose(outer, inner));
}
