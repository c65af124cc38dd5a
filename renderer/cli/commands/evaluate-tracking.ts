/** `limner evaluate tracking`. */
import { type Command, Option } from 'commander';
import type { DeviceName } from '../../../models/runtime/index.ts';
import {
  describeTracking,
  evaluateTracking,
  TRACKING_METHODS,
  type TrackingMethod,
} from '../../evaluation/tracking/evaluate-tracking.ts';
import { deviceOption } from '../options/render-options.ts';
import type { Io } from '../terminal/io.ts';
import { counted, createProgress } from '../terminal/progress.ts';

const TRACKING_HELP = `
Examples:
  $ limner evaluate tracking david/
  $ limner evaluate tracking david/ --method regression --json

DIR holds frames, or has them in img/, and groundtruth_rect.txt: x,y,w,h of the target, a line a frame, separated by commas,
spaces or tabs. The first box tells which face it is; how it lies against the face is then kept.

auc          success: the share of frames that overlap the truth by more than 0, 0.05 … 1, on average (OTB); higher is better
precision20  share of frames whose middle is within 20 px of the truth
lost         frames without a box, or with one that does not touch the truth
together     detector, mesh and regression network, as sequences are tracked
regression   the regression network alone, which follows whatever is in the first box
detector     detector and mesh without regression`;

interface TrackingOptions {
  method: TrackingMethod;
  device: DeviceName | 'auto';
  json: boolean;
}

export function addTrackingCommand(evaluate: Command, io: Io): void {
  evaluate
    .command('tracking')
    .description('Follow a face through a sequence whose boxes are known.')
    .argument('<dir>', 'folder of frames with groundtruth_rect.txt')
    .addOption(
      new Option('--method <name>', 'what follows the face').choices(TRACKING_METHODS).default('together'),
    )
    .addOption(deviceOption())
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .addHelpText('after', TRACKING_HELP)
    .action(async (folder: string, { json, ...options }: TrackingOptions) => {
      const progress = createProgress(io);
      const onProgress = counted(progress);
      const scores = await evaluateTracking(folder, { ...options, signal: io.signal, onProgress }).finally(
        progress.clear,
      );
      io.out(json ? JSON.stringify(scores) : describeTracking(scores));
    });
}
