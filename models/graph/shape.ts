/** The same numbers in another order or arrangement. */
import { type Shape, sizeOf, type Tensor } from './graph.ts';

export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sizeOf(shape) !== sizeOf(x.shape)) throw new RangeError(`[${x.shape}] does not reshape to [${shape}].`);
  return x.graph.node('Reshape', [x, x.graph.integers(...shape)], shape, {
    backward: [(d) => reshape(d, x.shape)],
  });
}

export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return x.graph.node(
    'Transpose',
    [x],
    order.map((axis) => x.shape[axis]),
    {
      attributes: { perm: order },
      backward: [(d) => transpose(d, inverse)],
    },
  );
}

/** Zeros around the last two axes of [n, c, h, w]. */
export function padImage(x: Tensor, top: number, left: number, bottom: number, right: number): Tensor {
  const [n, c, h, w] = x.shape;
  if (top + left + bottom + right === 0) return x;
  const pads = x.graph.integers(0, 0, top, left, 0, 0, bottom, right);
  return x.graph.node('Pad', [x, pads], [n, c, h + top + bottom, w + left + right], {
    backward: [(d) => cropImage(d, top, left, h, w)],
  });
}

/** [n, c, height, width] out of [n, c, h, w], every `step`-th pixel from (top, left). Gradients for step 1 only. */
export function cropImage(
  x: Tensor,
  top: number,
  left: number,
  height: number,
  width: number,
  step = 1,
): Tensor {
  const { graph } = x;
  const [n, c, h, w] = x.shape;
  if (step === 1 && height === h && width === w) return x;
  const ends = graph.integers(top + (height - 1) * step + 1, left + (width - 1) * step + 1);
  const inputs = [x, graph.integers(top, left), ends, graph.integers(2, 3), graph.integers(step, step)];
  return graph.node('Slice', inputs, [n, c, height, width], {
    backward: step === 1 ? [(d) => padImage(d, top, left, h - top - height, w - left - width)] : undefined,
  });
}

/** [n, count, h, w] out of [n, c, h, w], from channel `first` on. */
export function sliceChannels(x: Tensor, first: number, count: number): Tensor {
  const { graph } = x;
  const [n, c, h, w] = x.shape;
  const inputs = [x, graph.integers(first), graph.integers(first + count), graph.integers(1)];
  const pads = graph.integers(0, first, 0, 0, 0, c - first - count, 0, 0);
  return graph.node('Slice', inputs, [n, count, h, w], {
    backward: [(d) => graph.node('Pad', [d, pads], x.shape)],
  });
}

/** [count, c, h, w] out of [n, c, h, w], from the picture `first` of the batch on. */
export function sliceBatch(x: Tensor, first: number, count: number): Tensor {
  const { graph } = x;
  const [n, c, h, w] = x.shape;
  const inputs = [x, graph.integers(first), graph.integers(first + count), graph.integers(0)];
  const pads = graph.integers(first, 0, 0, 0, n - first - count, 0, 0, 0);
  return graph.node('Slice', inputs, [count, c, h, w], {
    backward: [(d) => graph.node('Pad', [d, pads], x.shape)],
  });
}

/** Tensors joined along an axis. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const [{ graph, shape }] = parts;
  const lengths = parts.map((part) => part.shape[axis]);
  const joined = shape.map((length, i) => (i === axis ? lengths.reduce((a, b) => a + b, 0) : length));
  let offset = 0;
  const backward = lengths.map((length, i) => {
    const start = offset;
    offset += length;
    return (d: Tensor) =>
      graph.node(
        'Slice',
        [d, graph.integers(start), graph.integers(start + length), graph.integers(axis)],
        parts[i].shape,
      );
  });
  return graph.node('Concat', parts, joined, { attributes: { axis }, backward });
}

/**
 * Pixel shuffle (Shi et al. 2016): [n, r²·c, h, w] → [n, c, r·h, r·w]. Channel (i·r + j)·c + k becomes row i, column j
 * of output channel k (ONNX mode DCR, the exact inverse of SpaceToDepth; PyTorch orders channels as k·r² + i·r + j).
 */
export function pixelShuffle(x: Tensor, r: number): Tensor {
  const [n, c, h, w] = x.shape;
  return x.graph.node('DepthToSpace', [x], [n, c / (r * r), h * r, w * r], {
    attributes: { blocksize: r, mode: 'DCR' },
    backward: [(d) => pixelUnshuffle(d, r)],
  });
}

/** The inverse of `pixelShuffle`: [n, c, h, w] → [n, r²·c, h/r, w/r]. */
export function pixelUnshuffle(x: Tensor, r: number): Tensor {
  const [n, c, h, w] = x.shape;
  return x.graph.node('SpaceToDepth', [x], [n, c * r * r, h / r, w / r], {
    attributes: { blocksize: r },
    backward: [(d) => pixelShuffle(d, r)],
  });
}
