export interface Lazy<T> {
  (): T;
  /** What was made, if anybody asked; for those who must close it. */
  readonly made: T | undefined;
}

/**
 * Makes a value when it is first asked for, and keeps it.
 * @param make if it throws, or its promise rejects, the next call tries again
 */
export function lazy<T>(make: () => T): Lazy<T> {
  let kept: { readonly value: T } | undefined;
  function get(): T {
    const known = kept ?? { value: make() };
    if (!kept && known.value instanceof Promise)
      known.value.catch(() => {
        if (kept === known) kept = undefined;
      });
    kept = known;
    return known.value;
  }
  return Object.defineProperty(get as typeof get & { made: T | undefined }, 'made', {
    get: () => kept?.value,
  });
}
