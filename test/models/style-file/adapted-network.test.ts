import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../models/graph/parameters.ts';
import { createPicture } from '../../../models/image/picture.ts';
import { openAdaptedUpscaler } from '../../../models/style-file/adapted-network.ts';
import type { AdaptableName } from '../../../models/style-file/index.ts';
import { GENERATORS, generator, inputChannels } from '../../../models/upscale/generator.ts';
import { inferenceModel } from '../../../models/upscale/inference-model.ts';
import { upscale } from '../../../models/upscale/upscale.ts';
import { plainStyle } from './samples.ts';

/** Everything 0: bilinear, a tenth brighter. */
function brightening(name: AdaptableName): Uint8Array {
  const size = { ...GENERATORS[name], grain: true };
  const network = generator(size);
  const layout = layoutOf(network, [1, inputChannels(size), 8, 8]);
  const theta = new Float32Array(layout.size);
  const bias = layout.slots.find(({ name }) => name === 'tail.bias')!;
  theta.fill(0.1, bias.offset, bias.offset + 48);
  return inferenceModel(network, theta, layout, true, inputChannels(size));
}

describe('the network of a style', () => {
  it('enlarges by its own numbers', async () => {
    const weights = { srgan: brightening('srgan') };
    const { name, upscaler } = (await openAdaptedUpscaler({ ...plainStyle, weights }))!;
    const grey = createPicture(8, 8);
    grey.data.fill(100);
    expect(name).toBe('srgan');
    expect(Math.abs((await upscale(grey, upscaler)).data[0] - (100 + 25.5))).toBeLessThan(2);
    await upscaler.session.release();
  });

  it.each(['srgan', 'srgan-lite'] as const)(
    'is left to the shipped one where an earlier version adapted a small one as %s',
    async (name) => {
      const weights = { [name]: brightening('srgan-lite') };
      expect(await openAdaptedUpscaler({ ...plainStyle, weights })).toBeNull();
    },
  );

  it('is null where there is none', async () => {
    expect(await openAdaptedUpscaler(plainStyle)).toBeNull();
  });

  it('is refused when it is of another shape', async () => {
    const other = generator({ blocks: 1, channels: 8, form: 'direct' });
    const small = layoutOf(other, [1, 3, 8, 8]);
    const weights = { srgan: inferenceModel(other, new Float32Array(small.size), small) };
    const opening = openAdaptedUpscaler({ ...plainStyle, weights });
    await expect(opening).rejects.toMatchObject({ code: 'BAD_WEIGHTS' });
  });
});
