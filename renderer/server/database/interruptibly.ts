const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does work that may never return, not even to this thread's other work, as PGlite on files that are damaged: meanwhile
 * signals end the process at once, by the system and not by listeners, which would never be called.
 */
export async function interruptibly<T>(work: () => Promise<T>): Promise<T> {
  const listeners = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  for (const [signal] of listeners) process.removeAllListeners(signal);
  try {
    return await work();
  } finally {
    for (const [signal, all] of listeners) for (const listener of all) process.on(signal, listener);
  }
}
