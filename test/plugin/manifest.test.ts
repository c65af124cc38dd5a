import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../protocol/plugin-messages.ts';
import { checkManifest, type Manifest } from '../../renderer/core/check-manifest.ts';

const text = await readFile(fileURLToPath(new URL('../../manifest.json', import.meta.url)), 'utf8');
const manifest: Manifest = JSON.parse(text);

describe('the manifest', () => {
  it('is one that Figma takes', () => {
    expect(checkManifest(text)).toEqual([]);
  });

  it('lets a published plugin reach the renderer on this machine, and says why', () => {
    expect(manifest.networkAccess.allowedDomains).toEqual(['http://localhost:8017']);
    expect(manifest.networkAccess.reasoning).toMatch(/renderer/);
  });

  it('offers commands that the plugin knows', () => {
    const commands = [...manifest.menu, ...(manifest.relaunchButtons ?? [])].flatMap((item) =>
      'command' in item ? item.command : [],
    );
    expect(commands.filter((command) => !COMMANDS.some((known) => known === command))).toEqual([]);
  });

  const domains = (allowedDomains: readonly string[], more: object = {}) => ({
    networkAccess: { allowedDomains, reasoning: 'Because.', ...more },
  });

  it.each([
    ['a numeric address', domains(['http://127.0.0.1:8017']), /127.0.0.1/],
    [
      'a numeric address for development',
      domains(['none'], { devAllowedDomains: ['http://10.0.0.7'] }),
      /10.0.0.7/,
    ],
    ['any port', domains(['http://localhost:*']), /valid URL/],
    ['a host without a scheme', domains(['renderer.example.com']), /scheme/],
    ['a domain named twice', domains(['https://a.example.com', 'https://a.example.com']), /twice/],
    ['nothing and something', domains(['none', 'https://a.example.com']), /only value/],
    ['an empty list', domains([]), /none/],
    ['localhost without a reasoning', domains(['http://localhost:8017'], { reasoning: '' }), /reasoning/],
    ['a long reasoning', domains(['none'], { reasoning: 'x'.repeat(1000) }), /reasoning/],
    ['an unknown editor', { editorType: ['photoshop'] }, /editorType/],
    ['two editors that exclude each other', { editorType: ['figjam', 'dev'] }, /figjam and dev/],
    ['an unknown key', { windows: {} }, /windows/],
    ['a command without a name', { menu: [{ command: 'upscale' }] }, /menu/],
  ])('is refused with %s', (_, change, words) => {
    expect(checkManifest(JSON.stringify({ ...manifest, ...change })).join('\n')).toMatch(words);
  });
});
