/** Portraits and styles that stay prepared. */
export const KEPT = 4;

/** Keeps the values used last, so that going back to one costs nothing. */
export class KeepLast<Value> {
  readonly #kept = new Map<string, Value>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  get(key: string): Value | undefined {
    const value = this.#kept.get(key);
    if (value === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, value);
    return value;
  }

  set(key: string, value: Value): Value {
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > this.#size) this.#kept.delete(this.#kept.keys().next().value as string);
    return value;
  }
}
