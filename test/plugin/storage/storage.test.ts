import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type PendingJob, type RecentStyle } from '../../../protocol/plugin-data.ts';
import { allIn, imageFill, openPlugin, resultFor, select } from '../open-plugin.ts';
import { png } from '../pictures.ts';

const style = (id: string): RecentStyle => ({
  id,
  name: `Style ${id}`,
  kind: 'picture',
  referenceFace: 0,
  thumbnail: new Uint8Array([1, 2, 3]),
});

/** The running plugin and what `start` answers. */
async function running() {
  const plugin = await openPlugin();
  const fills = [imageFill(await plugin.addImage())];
  const { portraits } = await select(plugin, [{ type: 'RECTANGLE', name: 'Ada', fills }]);
  const call = plugin.window.plugin.call;
  const reopen = () => {
    plugin.host.run('stylize');
    return call('start', {});
  };
  return { ...plugin, portraits, call, reopen };
}

describe('what the plugin remembers', () => {
  it('are settings, which no document ever holds', async () => {
    const { host, call, reopen } = await running();
    const settings = {
      ...DEFAULT_SETTINGS,
      original: 'replace' as const,
      renderer: { url: 'http://localhost:8017', token: 'a-secret-token' },
    };
    expect((await reopen()).settings).toEqual(DEFAULT_SETTINGS);
    await call('save-settings', { settings });
    expect((await reopen()).settings).toEqual(settings);
    expect(JSON.stringify(host.tree())).not.toContain('a-secret-token');
  });

  it('are styles, most recently used first', async () => {
    const { call, reopen } = await running();
    for (const id of ['a', 'b', 'c'])
      await call('save-style', { style: style(id), file: new Uint8Array([id.charCodeAt(0)]) });
    expect(await call('read-style', { id: 'a' })).toEqual({ file: new Uint8Array([97]) });
    expect((await reopen()).styles.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    await call('remove-style', { id: 'c' });
    expect((await reopen()).styles).toEqual([style('a'), style('b')]);
    await expect(call('read-style', { id: 'c' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is kept within 5 MB: the least recently used styles make room', async () => {
    const { call } = await running();
    const file = new Uint8Array(1_400_000);
    for (const id of ['a', 'b', 'c']) await call('save-style', { style: style(id), file });
    await call('read-style', { id: 'a' });
    const { styles } = await call('save-style', { style: style('d'), file });
    expect(styles.map(({ id }) => id)).toEqual(['d', 'a', 'c']);
    const large = call('save-style', { style: style('e'), file: new Uint8Array(4_600_000) });
    await expect(large).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(await call('read-style', { id: 'd' })).toEqual({ file });
  });

  it('loses nothing when styles are saved at the same time', async () => {
    const { call, reopen } = await running();
    const ids = ['a', 'b', 'c', 'd'];
    await Promise.all(ids.map((id) => call('save-style', { style: style(id), file: new Uint8Array(1) })));
    expect((await reopen()).styles.map(({ id }) => id).sort()).toEqual(ids);
  });

  it('are running jobs, until they end', async () => {
    const { call, reopen, portraits } = await running();
    const job: PendingJob = {
      id: 'job-1',
      kind: 'render',
      rendererUrl: 'http://localhost:8017',
      portrait: portraits[0],
      styleId: 'a',
      styleName: 'Style a',
      look: DEFAULT_SETTINGS.look,
      startedAt: 1,
    };
    await call('save-job', { job });
    expect((await reopen()).jobs).toEqual([job]);
    await call('remove-job', { id: 'job-1' });
    expect((await reopen()).jobs).toEqual([]);
  });

  it('are no longer jobs whose layer is placed, however soon the window is closed', async () => {
    const { call, reopen, portraits } = await running();
    const { look } = DEFAULT_SETTINGS;
    const job = {
      rendererUrl: 'http://localhost:8017',
      styleId: 'a',
      styleName: 'Style a',
      look,
      startedAt: 1,
    };
    await call('save-job', { job: { ...job, id: 'job-1', kind: 'render', portrait: portraits[0] } });
    await call('save-job', { job: { ...job, id: 'job-2', kind: 'sequence', portrait: null } });
    await call('apply-result', await resultFor(portraits[0], { jobId: 'job-1' }));
    expect((await reopen()).jobs.map(({ id }) => id)).toEqual(['job-2']);
    const video = {
      bytes: await png(8, 8, '#ff8800'),
      kind: 'gif',
      name: 'Ada.mp4',
      width: 8,
      height: 8,
    } as const;
    await call('add-video', { ...video, styleName: 'Style a', styleId: 'a', look, jobId: 'job-2' });
    expect((await reopen()).jobs).toEqual([]);
  });

  it('offers styles as a quick action, and says how to get one', async () => {
    const { host, call } = await running();
    expect(await host.suggest('style', '')).toContain('New style from selection');
    await call('save-style', { style: style('a'), file: new Uint8Array(1) });
    expect(await host.suggest('style', '')).toEqual(['Style a']);
    host.run('stylize', { style: 'a' });
    expect((await call('start', {})).launch).toEqual({
      command: 'stylize',
      styleId: 'a',
      window: 'inlined',
      theme: null,
    });
  });
});

describe('a plugin that is only looked at', () => {
  it('changes nothing in the document', async () => {
    const { host, reopen } = await running();
    const steps = host.undoSteps();
    await reopen();
    host.close();
    expect(host.undoSteps()).toBe(steps);
    expect(allIn(host.tree()).every(({ pluginData }) => Object.keys(pluginData).length === 0)).toBe(true);
  });
});
