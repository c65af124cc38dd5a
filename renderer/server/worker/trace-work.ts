import type { JobRow } from '../jobs/job-row.ts';
import type { Tracer } from '../traces/tracer.ts';
import type { WorkEvent } from './work-event.ts';

/** Begins the span of an attempt at a job, within the trace of the request that created it. @returns what ends it */
export function traceWork(tracer: Tracer | null | undefined, job: JobRow): (event: WorkEvent) => void {
  const span = tracer?.start(`work on ${job.kind}`, {
    kind: 'consumer',
    parent: job.trace,
    attributes: {
      'limner.job': job.id,
      'limner.kind': job.kind,
      'limner.tenant': job.tenant,
      'limner.attempt': job.attempts,
      'limner.age_seconds': (Date.now() - job.created_at.getTime()) / 1000,
    },
  });
  return ({ outcome, code, timings, pixels }) => {
    if (!span || !tracer) return;
    const { total: _, ...stages } = timings;
    tracer.addStages(span.context, stages);
    const failure = outcome === 'failed' || outcome === 'returned' ? (code ?? outcome) : undefined;
    span.end({ 'limner.outcome': outcome, 'limner.pixels': pixels }, failure);
  };
}
