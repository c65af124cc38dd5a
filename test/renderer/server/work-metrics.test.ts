import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { addWorkMetrics } from '../../../renderer/server/metrics/work-metrics.ts';

it('an attempt counts by how it went, with the time of its stages and the pixels of its result', async () => {
  const registry = new Registry();
  const count = addWorkMetrics(registry);
  const attempt = { job: 'a', kind: 'render', attempt: 1 };
  count({ ...attempt, outcome: 'succeeded', timings: { paint: 1500, write: 50 }, pixels: 2_500_000 });
  count({ ...attempt, outcome: 'succeeded', timings: { paint: 500 }, pixels: 500_000 });
  count({ ...attempt, outcome: 'failed', code: 'NO_FACE', timings: {}, pixels: 0 });
  const text = await registry.metrics();
  for (const line of [
    'limner_attempts_total{kind="render",outcome="succeeded"} 2',
    'limner_attempts_total{kind="render",outcome="failed"} 1',
    'limner_megapixels_total 3',
    'limner_stage_seconds_sum{kind="render",stage="paint"} 2',
    'limner_stage_seconds_count{kind="render",stage="write"} 1',
    'limner_stage_seconds_bucket{le="1",kind="render",stage="paint"} 1',
  ])
    expect(text).toContain(`${line}\n`);
});
