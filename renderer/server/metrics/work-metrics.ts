import { Counter, Histogram, type Registry } from 'prom-client';
import type { WorkEvent } from '../worker/work-event.ts';

/** Stages, attempts and pixels of the workers of this process. @returns what counts one attempt */
export function addWorkMetrics(registry: Registry): (event: WorkEvent) => void {
  const registers = [registry];
  const stages = new Histogram({
    name: 'limner_stage_seconds',
    help: 'Time of the stages of a job',
    labelNames: ['kind', 'stage'],
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30, 100, 300],
    registers,
  });
  const attempts = new Counter({
    name: 'limner_attempts_total',
    help: 'Attempts at jobs by how they went',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const megapixels = new Counter({
    name: 'limner_megapixels_total',
    help: 'Megapixels of results',
    registers,
  });
  return ({ kind, outcome, timings, pixels }) => {
    attempts.inc({ kind, outcome });
    megapixels.inc(pixels / 1e6);
    for (const [stage, time] of Object.entries(timings)) stages.observe({ kind, stage }, time / 1000);
  };
}
