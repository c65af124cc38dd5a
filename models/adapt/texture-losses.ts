/**
 * What makes two sets of pictures alike in texture, as parts of a training graph. Pictures are [n, 3, h, w] in 0..1; both
 * sets have the same shape.
 */
import { abs, add, log, mean, multiply, scale, subtract } from '../graph/arithmetic.ts';
import { frozenConvolution } from '../graph/convolution.ts';
import type { Graph, Tensor } from '../graph/graph.ts';
import { matmul } from '../graph/matmul.ts';
import { cropImage, reshape, transpose } from '../graph/shape.ts';
import { rankMatched } from '../graph/sort.ts';

export const PATCH = 7;
/** Prime to the 4 px of a pixel shuffle, so that patches see every phase of it. */
const PATCH_STEP = 3;

/** Luma and two differences of colour, about as far apart as L, a and b over 100 are. */
export function opponentColours(x: Tensor): Tensor {
  const rows = [0.299, 0.587, 0.114, 0.5, -0.419, -0.081, -0.169, -0.331, 0.5];
  const weight = x.graph.constant(Float32Array.from(rows), [3, 3, 1, 1]);
  return frozenConvolution(x, weight, { stride: 1, pads: [0, 0, 0, 0], group: 1 });
}

/**
 * Sliced Wasserstein-1 distance of 7×7 patches, of each picture from its own counterpart, so that texture goes where it
 * belongs. Averaged over pictures.
 * @param directions [k, 3, 7, 7], of length 1 and mean 0 in each channel, so that only texture counts
 */
export function slicedWasserstein(a: Tensor, b: Tensor, directions: Tensor): Tensor {
  const geometry = { stride: PATCH_STEP, pads: [0, 0, 0, 0], group: 1 };
  const project = (x: Tensor) => {
    const y = frozenConvolution(x, directions, geometry);
    const [n, k, h, w] = y.shape;
    return reshape(y, [n, k, h * w]);
  };
  const [ofA, ofB] = [project(a), project(b)];
  return mean(abs(subtract(ofA, rankMatched(ofA, ofB))));
}

const EDGE = 64;
const HALF = EDGE / 2 + 1;
/** Cycles in 64 px that a copy shrunk by 4 still shows: there the pixels themselves are compared. */
const KNOWN = 8;
/** About the power of rounding to 8 bits. */
const FLOOR = 1e-3;

/**
 * Mean absolute difference of the logarithmic power spectra, each averaged over its set, of the frequencies that the
 * small copy cannot show. Spectra of the middle 64×64 px under a Hann window, not averaged over directions.
 */
export function spectrumDifference(a: Tensor, b: Tensor): Tensor {
  const { graph } = a;
  const difference = subtract(logPower(a), logPower(b));
  const mask = Float32Array.from({ length: EDGE * HALF }, (_, i) => {
    const [v, u] = [Math.floor(i / HALF), i % HALF];
    return Math.max(u, Math.min(v, EDGE - v)) > KNOWN ? 1 : 0;
  });
  const share = mask.reduce((sum, value) => sum + value, 0) / mask.length;
  return scale(mean(multiply(abs(difference), graph.constant(mask, [EDGE, HALF]))), 1 / share);
}

/** [3, 64, 33] */
function logPower(x: Tensor): Tensor {
  const { graph } = x;
  const [n, , h, w] = x.shape;
  const middle = cropImage(x, (h - EDGE) >> 1, (w - EDGE) >> 1, EDGE, EDGE);
  const block = multiply(middle, graph.constant(hannWindow(), [EDGE, EDGE]));
  const [real, imaginary] = transformRows(graph, block, n);
  const power = add(multiply(real, real), multiply(imaginary, imaginary)); // [n·3·33, 64]
  const mean3 = mean(reshape(power, [n, 3, HALF, EDGE]), [0]);
  return log(add(transpose(mean3, [0, 2, 1]), graph.scalar(FLOOR)));
}

/** Real and imaginary parts of the two-dimensional transform of [n, 3, 64, 64], each [n·3·33, 64]. */
function transformRows(graph: Graph, block: Tensor, n: number): [Tensor, Tensor] {
  const rows = reshape(block, [n * 3 * EDGE, EDGE]);
  const columns = (frequencies: Tensor) =>
    reshape(transpose(reshape(frequencies, [n * 3, EDGE, HALF]), [0, 2, 1]), [n * 3 * HALF, EDGE]);
  const real = columns(matmul(rows, wave(graph, Math.cos, HALF)));
  const imaginary = columns(matmul(rows, wave(graph, negativeSine, HALF)));
  const [c, s] = [wave(graph, Math.cos, EDGE), wave(graph, negativeSine, EDGE)];
  return [subtract(matmul(real, c), matmul(imaginary, s)), add(matmul(real, s), matmul(imaginary, c))];
}

const negativeSine = (x: number) => -Math.sin(x);

/** [64, count]: a wave of each frequency. */
function wave(graph: Graph, f: (x: number) => number, count: number): Tensor {
  const values = Float32Array.from({ length: EDGE * count }, (_, i) =>
    f((2 * Math.PI * Math.floor(i / count) * (i % count)) / EDGE),
  );
  return graph.constant(values, [EDGE, count]);
}

function hannWindow(): Float32Array {
  const hann = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / EDGE);
  return Float32Array.from({ length: EDGE * EDGE }, (_, i) => hann(i % EDGE) * hann(Math.floor(i / EDGE)));
}
