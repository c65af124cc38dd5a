import type { Handlers } from '../../protocol/channel.ts';
import { ChannelError } from '../../protocol/envelope.ts';
import type { PluginCalls } from '../../protocol/plugin-messages.ts';
import { addVideoAsync, takesVideosAsync } from '../results/add-video.ts';
import { applyResultAsync } from '../results/apply-result.ts';
import { showLayersAsync } from '../results/show-layers.ts';
import { listSelectionAsync } from '../selection/list-selection.ts';
import { readPictureAsync } from '../selection/read-picture.ts';
import { readJobsAsync, removeJobAsync, saveJobAsync } from '../storage/jobs.ts';
import { readSettingsAsync, saveSettingsAsync } from '../storage/settings.ts';
import { listStylesAsync, readStyleAsync, removeStyleAsync, saveStyleAsync } from '../storage/styles.ts';
import { notify } from './notify.ts';
import { originOf } from './origin-of.ts';
import type { WindowState } from './window-state.ts';

/** What the plugin does for its window. */
export function handlersOf(state: WindowState): Handlers<PluginCalls> {
  return {
    start: async () => {
      state.started = true;
      const [selection, settings, styles, jobs] = await Promise.all([
        listSelectionAsync(),
        readSettingsAsync(),
        listStylesAsync(),
        readJobsAsync(),
      ]);
      return { launch: state.launch, selection, settings, styles, jobs };
    },
    'read-picture': async ({ portrait }) => ({ bytes: await readPictureAsync(portrait) }),
    'apply-result': (result, abort) => finishedAsync(result.jobId, applyResultAsync(result, abort)),
    'takes-videos': async ({ sample }) => ({ takes: await takesVideosAsync(sample) }),
    'add-video': (video, abort) => finishedAsync(video.jobId, addVideoAsync(video, abort)),
    commit: () => done(figma.commitUndo()),
    show: async ({ nodeIds }) => done(showLayersAsync(nodeIds)),
    'save-settings': ({ settings }) => done(saveSettingsAsync(settings)),
    'save-style': async ({ style, file }) => ({ styles: await saveStyleAsync(style, file) }),
    'read-style': async ({ id }) => ({ file: await readStyleAsync(id) }),
    'remove-style': async ({ id }) => ({ styles: await removeStyleAsync(id) }),
    'save-job': ({ job }) => done(saveJobAsync(job)),
    'remove-job': ({ id }) => done(removeJobAsync(id)),
    'read-asset': ({ name }) => ({ text: readAsset(name) }),
    'open-hosted': async ({ path, theme }) => {
      const { renderer } = await readSettingsAsync();
      if (!renderer) throw new ChannelError('NOT_FOUND', 'No renderer is paired.');
      const origin = originOf(renderer.url);
      // After the answer, because the window that asked is gone then.
      setTimeout(() => state.showHosted(origin, path, theme), 0);
      return {};
    },
    notify: ({ message, error, nodeIds }) => done(notify(message, error, nodeIds)),
    resize: ({ width, height }) => done(state.resize(width, height)),
    close: () => {
      setTimeout(() => figma.closePlugin(), 0);
      return {};
    },
  };
}

/** Forgets a job once its layer is placed: the window that asked may be closed by then, and the next would place it again. */
async function finishedAsync<T>(jobId: string | null, placing: Promise<T>): Promise<T> {
  const placed = await placing;
  if (jobId !== null) await removeJobAsync(jobId);
  return placed;
}

async function done(work: void | Promise<void>): Promise<Record<string, never>> {
  await work;
  return {};
}

function readAsset(name: string): string {
  if (!Object.hasOwn(__uiFiles__, name))
    throw new ChannelError('NOT_FOUND', `The plugin has no file named ${name}.`, 'Build it again.');
  return __uiFiles__[name];
}
