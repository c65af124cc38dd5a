import { fillsOf } from '../selection/picture-fill.ts';

interface Sizes {
  readonly width: number;
  readonly portrait: { readonly pictureWidth: number };
}

/** Exchanges the picture in one of a layer's fills; its crop, filters, opacity and the other fills stay. */
export async function replacePictureAsync(
  layer: SceneNode,
  fill: number,
  hash: string,
  { width, portrait }: Sizes,
): Promise<void> {
  const exchange = (paint: Paint): Paint => {
    if (paint.type !== 'IMAGE') return paint;
    const enlarged = width / portrait.pictureWidth;
    // A repeated picture's size follows its pixels; every other mode fits it to the layer.
    const scalingFactor = paint.scaleMode === 'TILE' ? (paint.scalingFactor ?? 1) / enlarged : undefined;
    return { ...paint, imageHash: hash, ...(scalingFactor && { scalingFactor }) };
  };
  await setFillsAsync(
    layer,
    fillsOf(layer).map((paint, index) => (index === fill ? exchange(paint) : paint)),
  );
}

/** The one way to set fills that Figma allows for every kind of paint under dynamic-page. */
export async function setFillsAsync(layer: SceneNode, fills: readonly Paint[]): Promise<void> {
  if (!('setFillsAsync' in layer)) throw new Error('the layer takes no fills.');
  await layer.setFillsAsync(fills);
}
