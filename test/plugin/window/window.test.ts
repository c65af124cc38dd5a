import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../protocol/plugin-data.ts';
import { COMMANDS } from '../../../protocol/plugin-messages.ts';
import { openPlugin } from '../open-plugin.ts';

async function running(command = 'settings') {
  const plugin = await openPlugin();
  plugin.host.run(command);
  return { ...plugin, call: plugin.window.plugin.call };
}

describe('the window', () => {
  it('is told the command it was opened by', async () => {
    for (const command of COMMANDS) {
      const { call } = await running(command);
      expect((await call('start', {})).launch.command).toBe(command);
    }
  });

  it('gets an error for what the plugin does not understand', async () => {
    const { window } = await running();
    window.sendRaw({ kind: 'call', id: 'x', name: 'make-coffee', ask: {} });
    window.sendRaw({ type: 'selection' });
    await expect
      .poll(() => window.replies)
      .toMatchObject([
        { kind: 'error', id: 'x', code: 'UNKNOWN_MESSAGE' },
        { kind: 'error', id: null, code: 'UNKNOWN_MESSAGE' },
      ]);
  });

  it('gets the files that travel with the plugin, and an error for others', async () => {
    const { call } = await running();
    expect(await call('read-asset', { name: 'weights' })).toEqual({ text: 'AAAA' });
    await expect(call('read-asset', { name: 'toString' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('shows long messages cut to what Figma takes', async () => {
    const { host, call } = await running();
    await call('notify', { message: 'x'.repeat(150), error: true, nodeIds: [] });
    expect(host.notices).toEqual([{ message: `${'x'.repeat(99)}…`, error: true, button: '' }]);
  });

  it('closes the plugin when asked', async () => {
    const { host, call } = await running();
    await call('close', {});
    await expect.poll(() => host.running).toBe(false);
  });
});

describe('the window served by the renderer', () => {
  const renderer = { url: 'http://localhost:8017/', token: 't' };

  it('is opened on the paired renderer alone, and only its page is listened to', async () => {
    const { call, window } = await running();
    const open = () => call('open-hosted', { path: '/ui/</script>', theme: 'dark' });
    await expect(open()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await call('save-settings', { settings: { ...DEFAULT_SETTINGS, renderer } });
    await open();
    await expect.poll(() => window.pages).toHaveLength(2);
    expect(window.pages[1]).toBe(
      '<script>location.replace("http://localhost:8017/ui/\\u003c/script>")</script>',
    );
    window.origin = 'http://localhost:9999';
    await expect(call('start', {}, { deadline: 200 })).rejects.toMatchObject({ code: 'DEADLINE' });
    window.origin = 'http://localhost:8017';
    expect((await call('start', {})).launch).toMatchObject({ window: 'hosted', theme: 'dark' });
  });

  it('gives way to the inlined one when it does not start', async () => {
    const { call, window } = await running();
    await call('save-settings', { settings: { ...DEFAULT_SETTINGS, renderer } });
    await call('open-hosted', { path: '/ui/', theme: 'light' });
    await expect.poll(() => window.pages).toHaveLength(3);
    expect(window.pages[2]).toBe(window.pages[0]);
    expect((await call('start', {})).launch.window).toBe('inlined-again');
  });
});
