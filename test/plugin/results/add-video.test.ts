import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../protocol/plugin-data.ts';
import type { PaintedVideo } from '../../../protocol/plugin-messages.ts';
import { VIDEO_SAMPLE } from '../../../ui/app/video-sample.ts';
import { openPlugin } from '../open-plugin.ts';

const clip = (name: string) => new URL(`../../fixtures/sequences/${name}`, import.meta.url);

async function opened() {
  const { host, window } = await openPlugin();
  host.run('stylize');
  await window.plugin.call('start', {});
  const video = async (more: Partial<PaintedVideo> = {}): Promise<PaintedVideo> => ({
    bytes: new Uint8Array(await readFile(clip('collins.mp4'))),
    ...{ kind: 'video', name: 'Eileen.mp4', width: 160, height: 120 },
    ...{ styleName: 'Mona Lisa', styleId: 'mona', look: DEFAULT_SETTINGS.look, jobId: 'video-1' },
    ...more,
  });
  return { host, call: window.plugin.call, video };
}

describe('a painted video', () => {
  it('becomes a layer in the middle of what the user sees, one step to undo', async () => {
    const { host, call, video } = await opened();
    expect(await call('takes-videos', { sample: VIDEO_SAMPLE })).toEqual({ takes: true });
    const { nodeId } = await call('add-video', await video());
    await call('commit', {});
    const [layer] = host.tree().children;
    expect(layer).toMatchObject({
      ...{ id: nodeId, name: 'Eileen.mp4 · Mona Lisa', width: 160, height: 120 },
      bounds: { x: 240, y: 140 },
      props: { fills: [{ type: 'VIDEO', scaleMode: 'FILL', videoHash: expect.stringMatching(/./) }] },
    });
    expect(JSON.parse(layer.pluginData['video'])).toMatchObject({ style: { id: 'mona' }, jobId: 'video-1' });
    host.undo();
    expect(host.tree().children).toEqual([]);
  });

  it('is a GIF in a file of a team on the free plan, and a video there is refused', async () => {
    const { host, call, video } = await opened();
    host.isPaid = false;
    expect(await call('takes-videos', { sample: VIDEO_SAMPLE })).toEqual({ takes: false });
    await expect(call('add-video', await video())).rejects.toMatchObject({
      code: 'NOT_PLACED',
      message: expect.stringContaining('paid team'),
    });
    expect(host.tree().children).toEqual([]);
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    await call('add-video', await video({ kind: 'gif', bytes: new Uint8Array(gif) }));
    expect(host.tree().children[0].props.fills).toMatchObject([{ type: 'IMAGE', scaleMode: 'FILL' }]);
  });

  it('that Figma cannot read leaves nothing behind', async () => {
    const { host, call, video } = await opened();
    const bytes = new TextEncoder().encode('no video at all');
    await expect(call('add-video', await video({ bytes }))).rejects.toMatchObject({ code: 'NOT_PLACED' });
    await expect(call('add-video', await video({ bytes, kind: 'gif' }))).rejects.toMatchObject({
      code: 'NOT_PLACED',
    });
    expect(host.tree().children).toEqual([]);
  });
});
