/** A renderer elsewhere. What it is asked has ids that follow from what is asked: asked again, it knows what it has done. */
import { setTimeout as pause } from 'node:timers/promises';
import { LimnerError } from '../../../models/errors.ts';
import { isStyleFile } from '../../../models/style-file/index.ts';
import type { RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import {
  isEnded,
  type Job,
  type JobRequestInput,
  jobError,
  RendererError,
  type StyleRef,
} from '../../../protocol/renderer-api/index.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { type Sha256, sha256 } from '../../provenance/origin.ts';
import type { Painted, PaintOptions, Portrait, Recipe, Studio } from './studio.ts';

/** Enough to keep a few machines busy; each is one job of the token and one open stream. */
const AT_ONCE = 16;
/** Milliseconds that a renderer may be away, restarting or busy before the batch gives up. */
const PATIENCE = 120_000;
const LONGEST_WAIT = 5000;

/**
 * @param style path of a picture or a style file, or the id of a style that the renderer has
 * @throws RendererError when it cannot be reached or refuses the token or the style; what reading a file throws
 */
export async function openRemoteStudio(
  client: RendererClient,
  style: string,
  { settings, mode, scale, format }: Recipe,
  signal: AbortSignal,
): Promise<Studio> {
  await client.status({ signal });
  const sent = await sendStyle(client, style, signal);
  const requestFor: RequestFor = (portrait, animation) =>
    animation
      ? { kind: 'sequence', animation: portrait, style: sent.ref, settings, format: animation }
      : {
          // A batch of one, so that somebody who waits for a single picture need not wait for all of these.
          kind: 'batch',
          portraits: [portrait],
          style: sent.ref,
          settings,
          mode,
          ...(mode === 'full' ? { scale } : {}),
          format,
        };
  return {
    style: sent.sha256,
    atOnce: AT_ONCE,
    paint: (portrait, options) => paint(client, portrait, requestFor, options),
    close: async () => undefined,
  };
}

type RequestFor = (portrait: Sha256, animation: Portrait['animation']) => JobRequestInput;

async function sendStyle(
  client: RendererClient,
  style: string,
  signal: AbortSignal,
): Promise<{ ref: StyleRef; sha256: Sha256 }> {
  const bytes = await readFileBytes(style).catch((error: unknown) => {
    if (error instanceof LimnerError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!bytes) {
    const known = (await client.styles({ signal })).find(({ id }) => id === style);
    if (known) return { ref: { style }, sha256: known.sha256 };
    throw new LimnerError(
      'NOT_FOUND',
      `There is no file ${style}, and the renderer has no style of that name.`,
    );
  }
  if (!isStyleFile(bytes))
    return { ref: { picture: await client.uploadPicture(bytes, { signal }) }, sha256: sha256(bytes) };
  const id = `style-${sha256(bytes).slice(0, 32)}`;
  await client.uploadStyle(id, bytes, { signal });
  return { ref: { style: id }, sha256: sha256(bytes) };
}

async function paint(
  client: RendererClient,
  { bytes, key, animation }: Portrait,
  requestFor: RequestFor,
  { signal, onProgress }: PaintOptions,
): Promise<Painted> {
  const id = `batch-${key.slice(0, 40)}`;
  const ask = <T>(what: () => Promise<T>) => patiently(what, signal);
  const request = requestFor(await ask(() => client.uploadPicture(bytes, { signal })), animation);
  const job = await ask(() => client.putJob(id, request, { signal }));
  if (isEnded(job.state) && job.state !== 'succeeded') {
    // What failed in an earlier run is tried again.
    await ask(() => client.deleteJob(id, { signal }));
    await ask(() => client.putJob(id, request, { signal }));
  }
  const ended = await waitPatiently(client, id, { signal, onProgress });
  if (ended.state !== 'succeeded')
    throw jobError(ended.error, 'Somebody cancelled the job at the renderer.', 'Run the batch again.');
  const made = request.kind === 'batch' ? `${id}.0` : id;
  const { result } = await ask(() => client.job(made, { signal }));
  const file = await ask(() => client.result(made, { signal }));
  if (result?.type !== 'picture' || sha256(file.bytes) !== result.sha256)
    throw new RendererError('BAD_RESPONSE', 'The result is not the picture that the renderer announced.');
  const { width, height, device, warnings } = result;
  return { bytes: file.bytes, width, height, device, warnings };
}

/** Tries again what may succeed later. @throws the last error when that takes too long */
async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const started = performance.now();
  for (let wait = 250; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
    try {
      return await ask();
    } catch (error) {
      const isHopeless = !(error instanceof RendererError && error.isTransient);
      if (isHopeless || performance.now() - started > PATIENCE) throw error;
      await pause((error.retryAfter ?? 0) * 1000 || wait, undefined, { signal });
    }
  }
}

/** Waits for as long as the renderer is there, however long the job takes. */
async function waitPatiently(
  client: RendererClient,
  id: string,
  { signal, onProgress }: PaintOptions,
): Promise<Job> {
  const away = new AbortController();
  let isProbing = false;
  const probe = async () => {
    if (isProbing) return;
    isProbing = true;
    await patiently(() => client.status({ signal }), signal).catch((error: unknown) => away.abort(error));
    isProbing = false;
  };
  const job = client.waitForJob(id, {
    signal: AbortSignal.any([signal, away.signal]),
    onEvent: ({ percent }) => onProgress(percent / 100),
    onReconnect: () => void probe(),
  });
  return job.catch((error: unknown) => {
    throw away.signal.aborted && !signal.aborted ? away.signal.reason : error;
  });
}
