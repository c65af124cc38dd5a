/** A layer's fills, or none where it has no such thing or a text has several kinds. */
export function fillsOf(node: SceneNode): readonly Paint[] {
  if (!('fills' in node)) return [];
  const { fills } = node;
  return fills === figma.mixed ? [] : (fills as readonly Paint[]);
}

/**
 * The index of the fill that is the layer's portrait, or -1: of the visible pictures, the topmost that is neither repeated
 * like a texture nor nearly transparent, else simply the topmost.
 */
export function pictureFill(fills: readonly Paint[]): number {
  const topmost = lastIndex(fills, (paint) => isVisiblePicture(paint) && isPlain(paint));
  return topmost >= 0 ? topmost : lastIndex(fills, isVisiblePicture);
}

export function isVisiblePicture(paint: Paint): paint is ImagePaint {
  return paint.type === 'IMAGE' && paint.visible !== false && paint.opacity !== 0;
}

function isPlain(paint: ImagePaint): boolean {
  return paint.scaleMode !== 'TILE' && (paint.opacity ?? 1) >= 0.5;
}

function lastIndex(fills: readonly Paint[], test: (paint: Paint) => boolean): number {
  return fills.reduce((found, paint, index) => (test(paint) ? index : found), -1);
}
