import { afterEach, expect, it, vi } from 'vitest';
import type { PendingJob } from '../../protocol/plugin-data.ts';
import type { Context } from '../../ui/app/context.ts';
import { createStore } from '../../ui/app/store.ts';
import { createVideos } from '../../ui/app/videos.ts';

afterEach(() => vi.restoreAllMocks());

const LOOK = createStore().state.settings.look;
const job = (id: string): PendingJob => ({
  ...{ id, kind: 'sequence', rendererUrl: 'http://localhost:8017', portrait: null, file: `${id}.mp4` },
  ...{ styleId: 'style', styleName: 'A style', look: LOOK, startedAt: 0 },
});

it('one video at a time: what an earlier window began waits while another is painted, and is not forgotten', async () => {
  const store = createStore();
  const asked: string[] = [];
  let fail: (reason: unknown) => void = () => undefined;
  const answer = new Promise<Response>((_, reject) => {
    fail = reject;
  });
  vi.spyOn(globalThis, 'fetch').mockReturnValue(answer);
  const plugin = {
    call: async (name: string, ask: { id?: string }) => {
      asked.push(`${name} ${ask.id}`);
      return {};
    },
  };
  store.dispatch({
    type: 'settings',
    settings: { ...store.state.settings, renderer: { url: 'http://localhost:8017', token: 'a token' } },
  });
  const videos = createVideos({ store, plugin } as unknown as Context);
  videos.resume([job('first')]);
  videos.resume([job('second')]);
  expect(store.state.video).toMatchObject({ id: 'first', state: 'running' });
  videos.cancel();
  fail(new DOMException('Aborted', 'AbortError'));
  await expect.poll(() => store.state.video?.state).toBe('cancelled');
  expect(store.state.video?.id).toBe('first');
  expect(asked).toEqual(['remove-job first']);
});
