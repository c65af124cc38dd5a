/**
 * Video files: a renderer paints them, and they become new layers. Figma gives plugins no bytes of videos that are in a document,
 * and this window no decoder: pages of opaque origin are no secure context, which WebCodecs wants.
 */
import { LimnerError } from '../../models/errors.ts';
import type { PendingJob } from '../../protocol/plugin-data.ts';
import { jobError } from '../../protocol/renderer-api/errors.ts';
import { type Context, needRenderer, newId, rendererOf } from './context.ts';
import { isCancelled, problemOf } from './problem-of.ts';
import { chosenStyle, type VideoWork } from './state.ts';
import { VIDEO_SAMPLE } from './video-sample.ts';
import { styleOf } from './whole-style.ts';

export interface Videos {
  /** Paints a file in the chosen style. */
  start(file: File): Promise<void>;
  /** Goes on with a job of a window that was closed. */
  resume(jobs: readonly PendingJob[]): void;
  cancel(): void;
}

type Placed = Pick<VideoWork, 'note'> & { readonly nodeId: string };

/** Bytes that Figma takes in a video at most. https://developers.figma.com/docs/plugins/api/properties/figma-createvideoasync */
const LARGEST = 100e6;
/** Pictures a second of a GIF at most: its times are hundredths of a second, and every picture is a whole one. */
const GIF_RATE = 12.5;
/** Milliseconds that Figma may take for a video. */
const PLACING = 120_000;

const GIF_NOTE = `Figma takes no videos from plugins in a file of this team, so it became a GIF of at most ${GIF_RATE} pictures a second, without sound.`;

export function createVideos(context: Context): Videos {
  const { store, plugin } = context;
  let abort = new AbortController();

  /** One at a time: a file may be dropped before the job of an earlier window is gone on with. */
  async function run(job: PendingJob, begin: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (store.state.video?.state === 'running') return;
    abort = new AbortController();
    const { signal } = abort;
    let work: VideoWork = { ...FRESH, id: job.id, name: job.file ?? 'Video' };
    const show = (change: Partial<VideoWork>) => {
      work = { ...work, ...change };
      store.dispatch({ type: 'video', video: work });
    };
    show({});
    let placed: Placed;
    try {
      await begin(signal);
      placed = await finish(context, job, signal, (share) => show({ share }));
    } catch (error) {
      // First: no window opened later may go on with what this one says has ended.
      await plugin.call('remove-job', { id: job.id });
      const problem = problemOf(error);
      show(signal.aborted || isCancelled(problem) ? { state: 'cancelled' } : { state: 'failed', problem });
      if (signal.aborted)
        await rendererOf(context)
          ?.cancelJob(job.id)
          .catch(() => undefined);
      return;
    }
    show({ state: 'done', share: 1, ...placed });
    await plugin.call('commit', {});
    await plugin.call('notify', { message: 'Video painted.', error: false, nodeIds: [placed.nodeId] });
  }

  return {
    async start(file) {
      const style = chosenStyle(store.state);
      if (!style || store.state.isAdding) return;
      const job = jobOf(context, file.name, style);
      await run(job, (signal) => send(context, job, file, signal));
    },
    resume(jobs) {
      const job = jobs.find(({ kind }) => kind === 'sequence');
      if (job) void run(job, async () => undefined);
    },
    cancel: () => abort.abort(),
  };
}

const FRESH = { state: 'running', share: 0, problem: null, nodeId: null, note: null } as const;

function jobOf({ store }: Context, file: string, style: { id: string; name: string }): PendingJob {
  const { renderer, look } = store.state.settings;
  return {
    ...{ id: newId('video'), kind: 'sequence', rendererUrl: renderer?.url ?? '', portrait: null, file },
    ...{ styleId: style.id, styleName: style.name, look, startedAt: Date.now() },
  };
}

async function send(context: Context, job: PendingJob, file: File, signal: AbortSignal): Promise<void> {
  const { plugin } = context;
  const { id, look, styleId } = job;
  const renderer = needRenderer(context);
  if (file.size > LARGEST)
    throw new LimnerError('BODY_TOO_LARGE', `${file.name} has more than ${LARGEST / 1e6} MB.`, {
      hint: 'Choose a shorter or smaller video.',
    });
  const { takes } = await plugin.call('takes-videos', { sample: VIDEO_SAMPLE });
  const animation = await renderer.uploadPicture(new Uint8Array(await file.arrayBuffer()), { signal });
  const style = await styleOf(context, renderer, styleId ?? '', signal);
  const { scale: _, ...settings } = look;
  const form = takes ? { format: 'mp4' as const } : { format: 'gif' as const, fps: GIF_RATE };
  await renderer.putJob(id, { kind: 'sequence', animation, style, settings, ...form }, { signal });
  await plugin.call('save-job', { job });
}

async function finish(
  context: Context,
  { id, file = 'Video', styleId, styleName, look }: PendingJob,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<Placed> {
  const renderer = needRenderer(context);
  const onEvent = ({ percent }: { percent: number }) => onShare(percent / 100);
  const job = await renderer.waitForJob(id, { signal, onEvent });
  if (job.state !== 'succeeded' || job.result?.type !== 'picture')
    throw jobError(job.error, 'The job was cancelled.');
  const { width, height, mediaType } = job.result;
  const isGif = mediaType === 'image/gif';
  const { bytes } = await renderer.result(id, { signal });
  // From here on it cannot be cancelled, or a layer could appear that the user was told will not.
  signal.throwIfAborted();
  const kind = isGif ? ('gif' as const) : ('video' as const);
  const painted = {
    bytes: new Uint8Array(bytes),
    kind,
    name: file,
    width,
    height,
    styleName,
    styleId,
    look,
    jobId: id,
  };
  const { nodeId } = await context.plugin.call('add-video', painted, { deadline: PLACING });
  return { nodeId, note: isGif ? GIF_NOTE : null };
}
