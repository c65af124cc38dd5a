/**
 * Two-dimensional convolution and its gradients, in the forms that measure fastest on a CPU without losing the others:
 * the input gradient is a convolution with flipped weights, the weight gradient a matrix product.
 */
import { sum } from './arithmetic.ts';
import type { Tensor } from './graph.ts';
import { matmul } from './matmul.ts';
import { concat, cropImage, padImage, reshape, transpose } from './shape.ts';

/** With fewer channels on one side than this, that side is unfolded into its s² shifts. */
const THIN = 8;

interface Geometry {
  readonly stride: number;
  readonly padding: number;
}

const outputLength = (length: number, kernel: number, { stride, padding }: Geometry): number =>
  Math.floor((length + 2 * padding - kernel) / stride) + 1;

/**
 * Cross-correlation, as neural networks call convolution: x [n, c, h, w], weight [k, c, s, s] with odd s, bias [k].
 * Zero padding of (s - 1) / 2, so that stride 1 keeps the size.
 */
export function convolution(x: Tensor, weight: Tensor, bias: Tensor, stride = 1): Tensor {
  const [n, c, h, w] = x.shape;
  const [k, inputs, s] = weight.shape;
  if (inputs !== c) throw new RangeError(`Expected ${inputs} channels but received ${c}.`);
  const geometry = { stride, padding: (s - 1) / 2 };
  const shape = [n, k, outputLength(h, s, geometry), outputLength(w, s, geometry)];
  const backward = [
    (d: Tensor) => inputGradient(d, weight, x, geometry),
    (d: Tensor) => weightGradient(d, weight, x, geometry),
    (d: Tensor) => sum(d, [0, 2, 3]),
  ];
  if (k < THIN && c >= THIN && stride === 1) {
    // A few outputs from many inputs: spread each input over its neighbourhood instead of gathering c·s² numbers.
    const spread = [x, flip(weight), bias];
    return x.graph.node('ConvTranspose', spread, shape, {
      attributes: { pads: pads(geometry) },
      backward,
      sources: [x, weight, bias],
    });
  }
  const attributes = { pads: pads(geometry), strides: [stride, stride] };
  return x.graph.node('Conv', [x, weight, bias], shape, { attributes, backward });
}

/** Any convolution of ONNX without bias: stride, pads [top, left, bottom, right], groups of channels. */
export interface FrozenGeometry {
  readonly stride: number;
  readonly pads: readonly number[];
  readonly group: number;
}

/** A convolution whose weight [k, c / group, s, s] is not trained: gradients reach x only. */
export function frozenConvolution(
  x: Tensor,
  weight: Tensor,
  { stride, pads, group }: FrozenGeometry,
): Tensor {
  const [n, , h, w] = x.shape;
  const [k, , s] = weight.shape;
  const lengths = [h + pads[0] + pads[2], w + pads[1] + pads[3]].map(
    (length) => Math.floor((length - s) / stride) + 1,
  );
  const missing = [h, w].map(
    (length, axis) => length - ((lengths[axis] - 1) * stride + s - pads[axis] - pads[axis + 2]),
  );
  const attributes = { pads, group, strides: [stride, stride] };
  const backward = (d: Tensor): Tensor =>
    x.graph.node('ConvTranspose', [d, weight], x.shape, {
      attributes: { ...attributes, output_padding: missing },
    });
  return x.graph.node('Conv', [x, weight], [n, k, ...lengths], { attributes, backward: [backward, null] });
}

const pads = ({ padding }: Geometry): number[] => Array(4).fill(padding);

/** [k, c, s, s] → [c, k, s, s] with rows and columns reversed. */
function flip(weight: Tensor): Tensor {
  const { graph } = weight;
  const [k, c, s] = weight.shape;
  const far = -1 - s;
  const reversed = graph.node(
    'Slice',
    [weight, graph.integers(-1, -1), graph.integers(far, far), graph.integers(2, 3), graph.integers(-1, -1)],
    [k, c, s, s],
  );
  return transpose(reversed, [1, 0, 2, 3]);
}

function inputGradient(d: Tensor, weight: Tensor, x: Tensor, geometry: Geometry): Tensor {
  const { stride, padding } = geometry;
  const s = weight.shape[2];
  if (stride === 1)
    return x.graph.node('Conv', [d, flip(weight)], x.shape, { attributes: { pads: pads(geometry) } });
  const missing = [2, 3].map((axis) => x.shape[axis] - ((d.shape[axis] - 1) * stride + s - 2 * padding));
  return x.graph.node('ConvTranspose', [d, weight], x.shape, {
    attributes: { pads: pads(geometry), strides: [stride, stride], output_padding: missing },
  });
}

/** Σ over batch and output positions of d · xᵀ, with x shifted by each tap of the kernel. */
function weightGradient(d: Tensor, weight: Tensor, x: Tensor, geometry: Geometry): Tensor {
  const [k, c, s] = weight.shape;
  if (geometry.stride === 1 && Math.min(c, k) >= THIN) return shiftedProducts(d, weight, x, geometry);
  if (geometry.stride === 1 && k < c) {
    const taps = tapProducts(unfold(d, s, d, geometry), x); // [s²·k, c], taps in reverse order
    return transpose(
      flip(reshape(transpose(reshape(taps, [s * s, k, c]), [1, 2, 0]), [k, c, s, s])),
      [1, 0, 2, 3],
    );
  }
  const taps = tapProducts(unfold(x, s, d, geometry), d);
  return reshape(transpose(reshape(taps, [s * s, c, k]), [2, 1, 0]), weight.shape);
}

/**
 * Rows are shifted in x and columns in d, so s + s copies instead of s² give all taps. In rows as wide as the padded x,
 * a shift by rows is one contiguous slice.
 */
function shiftedProducts(d: Tensor, weight: Tensor, x: Tensor, { padding }: Geometry): Tensor {
  const { graph } = x;
  const [k, c, s] = weight.shape;
  const [n, , h, w] = d.shape;
  const width = w + s - 1;
  const columns = Array.from({ length: s }, (_, j) => padImage(d, 0, j, 0, s - 1 - j));
  const right = transpose(reshape(concat(columns, 1), [n, s * k, h * width]), [0, 2, 1]);
  const padded = reshape(padImage(x, padding, padding, padding, padding), [n, c, (h + s - 1) * width]);
  const products = Array.from({ length: s }, (_, i) => {
    const [start, end] = [graph.integers(i * width), graph.integers((i + h) * width)];
    const left = graph.node('Slice', [padded, start, end, graph.integers(2)], [n, c, h * width]);
    return sum(matmul(left, right), [0]);
  });
  return reshape(transpose(reshape(concat(products, 0), [s, c, s, k]), [3, 1, 0, 2]), weight.shape);
}

/** The s² images [n, c, h·w] that the taps of a kernel see, for output positions of `like`. */
function unfold(x: Tensor, s: number, like: Tensor, { stride, padding }: Geometry): Tensor[] {
  const [n, c] = x.shape;
  const [, , h, w] = like.shape;
  const padded = padImage(x, padding, padding, padding, padding);
  return Array.from({ length: s * s }, (_, tap) => {
    const image = cropImage(padded, Math.floor(tap / s), tap % s, h, w, stride);
    return reshape(image, [n, c, h * w]);
  });
}

/** Σₙ images · otherᵀ: [a, b] from images whose channels add up to a, and other [n, b, h, w]. */
function tapProducts(images: readonly Tensor[], other: Tensor): Tensor {
  const [n, b, h, w] = other.shape;
  const columns = transpose(reshape(other, [n, b, h * w]), [0, 2, 1]);
  return sum(matmul(concat(images, 1), columns), [0]);
}
