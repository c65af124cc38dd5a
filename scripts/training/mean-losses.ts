/** A mean loss so many times the lowest one ends the run before it spoils the checkpoint. */
const DIVERGED = 10;

/** Losses by name, averaged since they were last taken. */
export class MeanLosses {
  private sums: Record<string, number> = {};
  private count = 0;
  private lowest = Number.POSITIVE_INFINITY;

  /** @throws Error when the loss has left all bounds, before the checkpoint is spoilt */
  add(losses: Record<string, number>, step: number): void {
    this.count++;
    for (const [name, value] of Object.entries(losses)) this.sums[name] = (this.sums[name] ?? 0) + value;
    const mean = this.sums['loss'] / this.count;
    this.lowest = Math.min(this.lowest, mean);
    if (!(mean < DIVERGED * this.lowest))
      throw new Error(`The loss has diverged at step ${step}; lower the rate.`);
  }

  take(): Record<string, number> {
    const means = Object.entries(this.sums).map(([name, sum]) => [name, sum / this.count]);
    [this.sums, this.count] = [{}, 0];
    return Object.fromEntries(means);
  }
}
