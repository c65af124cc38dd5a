/** An attempt at a job that has ended, for logs, metrics and traces. */
export interface WorkEvent {
  readonly job: string;
  readonly kind: string;
  readonly attempt: number;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled' | 'returned';
  readonly code?: string;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
  /** Of the result. */
  readonly pixels: number;
}
