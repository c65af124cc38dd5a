/** Tells whoever waits that something happened to a job, on this machine or another. */
import type { Database } from '../database/database.ts';
import { CANCEL_CHANNEL, JOB_CHANNEL } from '../database/event-triggers.ts';

export interface JobWatch {
  /** Calls `look` when the job may have changed. @returns what ends it */
  onChange(id: string, look: () => void): () => void;
  /** Calls `stop` when the job was cancelled. @returns what ends it */
  onCancel(id: string, stop: () => void): () => void;
}

export async function watchJobs(database: Database): Promise<JobWatch> {
  const changes = new Listeners();
  const cancellations = new Listeners();
  await database.listen(
    JOB_CHANNEL,
    (id) => changes.call(id),
    () => changes.callAll(),
  );
  // A cancellation that was missed is found at the next report of progress.
  await database.listen(
    CANCEL_CHANNEL,
    (id) => cancellations.call(id),
    () => undefined,
  );
  return {
    onChange: (id, look) => changes.add(id, look),
    onCancel: (id, stop) => cancellations.add(id, stop),
  };
}

class Listeners {
  readonly #byId = new Map<string, Set<() => void>>();

  add(id: string, listener: () => void): () => void {
    const listeners = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#byId.delete(id);
    };
  }

  call(id: string): void {
    for (const listener of this.#byId.get(id) ?? []) listener();
  }

  callAll(): void {
    for (const id of this.#byId.keys()) this.call(id);
  }
}
