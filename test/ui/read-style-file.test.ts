import { describe, expect, it } from 'vitest';
import { decodeStyle, encodeStyle } from '../../models/style-file/index.ts';
import { readStyleFile } from '../../ui/pictures/read-style-file.ts';
import { manifest, plainStyle } from '../models/style-file/samples.ts';

describe('a style file that the plugin keeps', () => {
  it('goes without the network that only renderers use, so that others fit beside it', async () => {
    const heldOut = {
      psnrBase: 1,
      psnrAdapted: 1,
      textureBase: 1,
      textureAdapted: 1,
      spectrumBase: 1,
      spectrumAdapted: 1,
    };
    const distribution = {
      scale: [1, 1] as [number, number],
      turn: 0,
      bend: 0,
      lightness: [50, 10] as [number, number],
      exposure: 0,
      mirrored: true,
    };
    const adaptation = {
      seed: 1,
      device: 'cpu',
      steps: 3,
      distribution,
      networks: { srgan: { steps: 3, used: true, heldOut } },
    };
    const srgan = crypto.getRandomValues(new Uint8Array(2 ** 16));
    const whole = encodeStyle({ ...plainStyle, manifest: { ...manifest, adaptation }, weights: { srgan } });
    const { style, file } = await readStyleFile(new Uint8Array(whole), '');
    expect(file.length).toBeLessThan(whole.length - srgan.length);
    expect(style).toMatchObject({ name: 'La Joconde', kind: 'package' });
    expect(decodeStyle(file)).toEqual(plainStyle);
    expect((await readStyleFile(new Uint8Array(whole), '')).style.id).toBe(style.id);
  });

  it('is kept byte for byte where it has none', async () => {
    const whole = new Uint8Array(encodeStyle(plainStyle));
    expect((await readStyleFile(whole, '')).file).toEqual(whole);
  });
});
