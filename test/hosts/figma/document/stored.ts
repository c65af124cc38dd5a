import type { HostNode } from './node.ts';
import { copy } from './node.ts';

/** Gives a class of nodes properties that are plain data in the record; each look gets a copy. */
export function stored<N extends HostNode>(
  node: { readonly prototype: N },
  defaults: Partial<N>,
  check?: (node: N, key: string, value: unknown) => void,
): void {
  for (const [key, initial] of Object.entries(defaults)) {
    Object.defineProperty(node.prototype, key, {
      enumerable: true,
      get(this: N) {
        const value = this.record.props[key];
        return value === undefined ? copy(initial) : copy(value);
      },
      set(this: N, value: unknown) {
        check?.(this, key, value);
        this.write(key, value);
      },
    });
  }
}
