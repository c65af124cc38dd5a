/** Element by element, with ONNX (NumPy) broadcasting; and sums and means over axes. */
import { type Shape, sizeOf, type Tensor } from './graph.ts';
import { reshape } from './shape.ts';

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    if (m !== n && m !== 1 && n !== 1) throw new RangeError(`Shapes [${a}] and [${b}] do not broadcast.`);
    return Math.max(m, n);
  });
}

/** The adjoint of broadcasting: sums over the axes along which `shape` was repeated. */
function sumTo(x: Tensor, shape: Shape): Tensor {
  const lead = x.shape.length - shape.length;
  const axes = x.shape.flatMap((length, i) =>
    i < lead || (shape[i - lead] === 1 && length !== 1) ? [i] : [],
  );
  if (axes.length === 0) return x;
  return reshape(sum(x, axes), shape);
}

export function add(a: Tensor, b: Tensor): Tensor {
  return a.graph.node('Add', [a, b], broadcast(a.shape, b.shape), {
    backward: [(d) => sumTo(d, a.shape), (d) => sumTo(d, b.shape)],
  });
}

export function subtract(a: Tensor, b: Tensor): Tensor {
  return a.graph.node('Sub', [a, b], broadcast(a.shape, b.shape), {
    backward: [(d) => sumTo(d, a.shape), (d) => sumTo(negate(d), b.shape)],
  });
}

export function multiply(a: Tensor, b: Tensor): Tensor {
  return a.graph.node('Mul', [a, b], broadcast(a.shape, b.shape), {
    backward: [(d) => sumTo(multiply(d, b), a.shape), (d) => sumTo(multiply(d, a), b.shape)],
  });
}

export function divide(a: Tensor, b: Tensor): Tensor {
  const quotient: Tensor = a.graph.node('Div', [a, b], broadcast(a.shape, b.shape), {
    backward: [
      (d) => sumTo(divide(d, b), a.shape),
      (d) => sumTo(negate(divide(multiply(d, quotient), b)), b.shape),
    ],
  });
  return quotient;
}

export function negate(x: Tensor): Tensor {
  return x.graph.node('Neg', [x], x.shape, { backward: [negate] });
}

export function scale(x: Tensor, factor: number): Tensor {
  return multiply(x, x.graph.scalar(factor));
}

export function sqrt(x: Tensor): Tensor {
  const root: Tensor = x.graph.node('Sqrt', [x], x.shape, { backward: [(d) => divide(scale(d, 0.5), root)] });
  return root;
}

/** Natural logarithm. */
export function log(x: Tensor): Tensor {
  return x.graph.node('Log', [x], x.shape, { backward: [(d) => divide(d, x)] });
}

/** |x|, with gradient 0 at 0. */
export function abs(x: Tensor): Tensor {
  return x.graph.node('Abs', [x], x.shape, {
    backward: [(d) => multiply(d, x.graph.node('Sign', [x], x.shape))],
  });
}

/** Sum over the axes, which are dropped; over everything by default. */
export function sum(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => i)): Tensor {
  const shape = x.shape.filter((_, i) => !axes.includes(i));
  const kept = x.shape.map((length, i) => (axes.includes(i) ? 1 : length));
  return x.graph.node('ReduceSum', [x, x.graph.integers(...axes)], shape, {
    attributes: { keepdims: 0 },
    backward: [(d) => x.graph.node('Expand', [reshape(d, kept), x.graph.integers(...x.shape)], x.shape)],
  });
}

/** Mean over the axes, which are dropped; over everything by default. */
export function mean(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => i)): Tensor {
  return scale(sum(x, axes), 1 / sizeOf(axes.map((axis) => x.shape[axis])));
}
