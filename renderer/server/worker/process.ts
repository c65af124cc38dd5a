/**
 * A process that works on one job at a time. It opens untrusted pictures and runs native code, so that what crashes is
 * this and not the service; it has no access to the database and knows jobs only by what it is sent.
 */
import { availableDevices, resolveDevice } from '../../../models/runtime/index.ts';
import { createEngine } from '../../core/engine/engine.ts';
import { failureOf } from '../../core/errors.ts';
import { openIdentity } from '../../provenance/open-identity.ts';
import { openStorage } from '../storage/storage.ts';
import { type FromProcess, NO_DEVICE, type ToProcess, type WorkOrder, type WorkOutcome } from './messages.ts';
import type { ProcessOptions } from './render-process.ts';
import { runOrder } from './run-order.ts';

const { storage: location, device, threads, signer, maxPixels }: ProcessOptions = JSON.parse(process.argv[2]);
const storage = openStorage(location);
const engine = createEngine({ device, threads });
const identity = await openIdentity(signer);
let cancel = new AbortController();

const tell = (message: FromProcess) => {
  if (process.connected) process.send?.(message);
};

process.on('message', (message: ToProcess) => {
  if (message.type === 'cancel') cancel.abort();
  else void work(message.order).then((outcome) => tell({ type: 'outcome', outcome }));
});
// Whoever sent the work is gone; another will do it again.
process.on('disconnect', () => process.exit(0));
// The worker decides when its processes end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

async function work(order: WorkOrder): Promise<WorkOutcome> {
  cancel = new AbortController();
  const { signal } = cancel;
  try {
    return await runOrder(order, {
      engine,
      storage,
      maxPixels,
      identity,
      signal,
      onProgress: (progress) => tell({ type: 'progress', progress }),
    });
  } catch (cause) {
    const error = failureOf(cause);
    return { error, isTransient: error.code.startsWith('STORAGE_') };
  }
}

const devices = await availableDevices();
tell({ type: 'ready', devices, device: await resolveDevice(device).catch(() => NO_DEVICE) });
