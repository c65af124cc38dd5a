import { add } from './arithmetic.ts';
import type { Tensor } from './graph.ts';

/**
 * Reverse-mode gradients of a scalar loss, one for each of `parameters`, as nodes of the same graph. Nodes that no
 * parameter reaches cost nothing. Throws a RangeError for a parameter that the loss does not depend on.
 */
export function gradients(loss: Tensor, parameters: readonly Tensor[]): Tensor[] {
  const { tape } = loss.graph;
  const entries = [...tape];
  const reached = new Set(parameters);
  for (const { inputs, output } of entries)
    if (inputs.some((input) => reached.has(input))) reached.add(output);

  const gradient = new Map<Tensor, Tensor>([[loss, loss.graph.scalar(1)]]);
  for (const { inputs, output, backward } of entries.reverse()) {
    const outer = gradient.get(output);
    if (!outer || !reached.has(output)) continue;
    inputs.forEach((input, i) => {
      if (!reached.has(input) || !backward[i]) return;
      const inner = backward[i](outer);
      const sum = gradient.get(input);
      gradient.set(input, sum ? add(sum, inner) : inner);
    });
  }
  return parameters.map((parameter) => {
    const found = gradient.get(parameter);
    if (!found) throw new RangeError(`The loss does not depend on ${parameter.name}.`);
    return found;
  });
}
