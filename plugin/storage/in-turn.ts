let last: Promise<unknown> = Promise.resolve();

/** Runs tasks that read, change and write the same stored value one after another. */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = last.then(task);
  last = result.catch(() => undefined);
  return result;
}
