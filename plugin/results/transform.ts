/** Affine maps as Figma writes them: [[a, b, tx], [c, d, ty]]. */

export const IDENTITY: Transform = [
  [1, 0, 0],
  [0, 1, 0],
];

export function translation(x: number, y: number): Transform {
  return [
    [1, 0, x],
    [0, 1, y],
  ];
}

/** First `inner`, then `outer`. */
export function compose([[a, b, tx], [c, d, ty]]: Transform, inner: Transform): Transform {
  const [[e, f, ux], [g, h, uy]] = inner;
  return [
    [a * e + b * g, a * f + b * h, a * ux + b * uy + tx],
    [c * e + d * g, c * f + d * h, c * ux + d * uy + ty],
  ];
}

export function invert([[a, b, tx], [c, d, ty]]: Transform): Transform {
  const det = a * d - b * c;
  return [
    [d / det, -b / det, (b * ty - d * tx) / det],
    [-c / det, a / det, (c * tx - a * ty) / det],
  ];
}

export function scaling(x: number, y: number): Transform {
  return [
    [x, 0, 0],
    [0, y, 0],
  ];
}

/** Clockwise, since y points down. */
export function rotation(degrees: number): Transform {
  const angle = (degrees * Math.PI) / 180;
  return [
    [Math.cos(angle), -Math.sin(angle), 0],
    [Math.sin(angle), Math.cos(angle), 0],
  ];
}
