/** The part of `npm run bench` about adaptation: how long until most of the gain is there, and how much memory it takes. */

import { type AdaptProgress, adaptStyle } from '../models/adapt/index.ts';
import type { FaceNetworks } from '../models/face/index.ts';
import type { Picture } from '../models/image/picture.ts';

const STEPS = 150;
/** Of the final gain in texture on the validation window. */
const MOST = 0.8;

/** In a process that has done other work before, memory is that of all of it. */
export async function benchAdapting(reference: Picture, networks: FaceNetworks): Promise<void> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const looks: { readonly time: number; readonly gain: number }[] = [];
  let trained = 0;
  const onProgress = ({ training }: AdaptProgress) => {
    if (!training) return;
    trained ||= seconds();
    if (training.gain !== (looks.at(-1)?.gain ?? 0)) looks.push({ time: seconds(), gain: training.gain });
  };
  const { adaptation } = await adaptStyle(reference, networks, { budget: { steps: STEPS }, onProgress });
  const total = seconds();
  const [{ heldOut }] = Object.values(adaptation.networks);
  const final = looks.at(-1)?.gain ?? 0;
  const reached = looks.find(({ gain }) => gain >= MOST * final);
  const line = (what: string, value: string) => console.log(`  ${what.padEnd(28)}${value.padStart(12)}`);
  console.log(
    `adapting to ${reference.width}×${reference.height} px, ${adaptation.steps} steps on ${adaptation.device}`,
  );
  line('samples', `${trained.toFixed(1)} s`);
  line(`${100 * MOST} % of the gain after`, `${(reached?.time ?? total).toFixed(1)} s`);
  line('total', `${total.toFixed(1)} s`);
  line('texture, held out', `${(heldOut.textureAdapted / heldOut.textureBase).toFixed(2)} × shipped`);
  line('memory, peak', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  console.log();
}
