/** What passes between a worker and its render processes. */
import type { DeviceReport } from '../../../models/runtime/index.ts';
import type { Failure, JobRequest, JobResult } from '../../../protocol/renderer-api/index.ts';
import type { KeptWork } from '../jobs/kept-work.ts';
import type { Progress } from '../jobs/run-state.ts';

/** A job that can be worked on; batches are worked on as their children. */
export type WorkRequest = Exclude<JobRequest, { kind: 'batch' }>;

export interface WorkOrder {
  /** The job's id. */
  readonly job: string;
  readonly request: WorkRequest;
  /** Where the inputs lie in the storage, by the names the request gives them; styles that come with Limner lie nowhere. */
  readonly keys: Readonly<Record<string, string>>;
  /** Of the style file, where there is one. */
  readonly styleSha256: string | null;
  /** Where the result is to lie. */
  readonly resultKey: string;
  /** Null for what is made at once. */
  readonly kept: KeptWork | null;
}

export interface WorkDone {
  readonly result: JobResult;
  /** Of the style file that is the result, where it is one. */
  readonly style?: { readonly name: string; readonly sha256: string };
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}

export type WorkOutcome =
  | WorkDone
  /** `isTransient`: it may succeed later without anybody changing the job. */
  | { readonly error: Failure; readonly isTransient: boolean };

/** Where the device that was asked for cannot be used. */
export const NO_DEVICE = 'none';

export interface Capabilities {
  /** Or NO_DEVICE. */
  readonly device: string;
  readonly devices: readonly DeviceReport[];
}

export type ToProcess = { readonly type: 'work'; readonly order: WorkOrder } | { readonly type: 'cancel' };

export type FromProcess =
  | ({ readonly type: 'ready' } & Capabilities)
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'outcome'; readonly outcome: WorkOutcome };
