import { cropPicture } from '../image/crop.ts';
import type { Picture, Rect } from '../image/picture.ts';
import { resizePicture } from '../image/resize.ts';
import type { Device } from '../runtime/index.ts';
import type { HeldOut } from '../style-file/index.ts';
import { type GeneratorSize, SCALE } from '../upscale/generator.ts';
import { openUpscaler, type Upscaler, upscale } from '../upscale/upscale.ts';
import { type Fidelity, fidelity, type Truth, truthOf } from './fidelity.ts';
import { adaptedModel } from './network.ts';
import type { Windows } from './windows.ts';

/** Enlarges windows of the reference from their own small copies and compares, with weights rounded as a style has them. */
export class Judge {
  readonly #reference: Picture;
  readonly #windows: Windows;
  readonly #size: GeneratorSize;
  readonly #device?: Device;
  readonly #truths = new Map<Rect, Truth>();

  constructor(reference: Picture, windows: Windows, size: GeneratorSize, device?: Device) {
    this.#reference = reference;
    this.#windows = windows;
    this.#size = size;
    this.#device = device;
  }

  /** On the window by which weights are chosen. */
  look(theta: Float32Array): Promise<Fidelity> {
    return this.#judge(theta, this.#windows.validation);
  }

  /** On the window that nothing was chosen by. */
  async compare(base: Float32Array, adapted: Float32Array): Promise<HeldOut> {
    const before = await this.#judge(base, this.#windows.heldOut);
    const after = adapted === base ? before : await this.#judge(adapted, this.#windows.heldOut);
    return {
      psnrBase: before.psnr,
      psnrAdapted: after.psnr,
      textureBase: before.texture,
      textureAdapted: after.texture,
      spectrumBase: before.spectrum,
      spectrumAdapted: after.spectrum,
    };
  }

  async #judge(theta: Float32Array, rect: Rect): Promise<Fidelity> {
    const truth = this.#truths.get(rect) ?? truthOf(cropPicture(this.#reference, rect));
    this.#truths.set(rect, truth);
    const upscaler = await openUpscaler(adaptedModel(theta, this.#size), this.#size, {
      device: this.#device,
    });
    try {
      return fidelity(await enlargedCopy(truth.picture, upscaler), truth);
    } finally {
      await upscaler.session.release();
    }
  }
}

/** dB that pixels may lose on the held-out window: grain that is right in kind lies elsewhere than the truth's. */
const MOST_LOST = 0.5;

/** Whether texture is nearer to the truth, the spectrum no further from it, and pixels lose hardly anything. */
export const isGain = (h: HeldOut): boolean =>
  h.textureAdapted < h.textureBase &&
  h.spectrumAdapted <= h.spectrumBase &&
  h.psnrAdapted >= h.psnrBase - MOST_LOST;

/** A picture, whose edges are multiples of 4, shrunk by 4 and enlarged again. */
export function enlargedCopy(picture: Picture, upscaler: Upscaler): Promise<Picture> {
  return upscale(resizePicture(picture, picture.width / SCALE, picture.height / SCALE), upscaler);
}
