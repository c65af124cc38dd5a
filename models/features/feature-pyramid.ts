/**
 * What the face network and the parsing network see in a picture on their way to an answer: maps of features at a half,
 * a quarter, an eighth and a sixteenth of its size. They tell strokes, skin and hair apart where colours do not, for
 * whole pictures, with or without a face.
 */
import type { Picture } from '../image/picture.ts';
import type { TensorData } from '../runtime/index.ts';
import { createSession, loadWeights, type Session, type SessionOptions } from '../runtime/index.ts';
import { featureModel } from './feature-model.ts';

/** Networks, what their inputs make of 8-bit values, and the channels of their inputs: what is not colour stays 0. */
const NETWORKS = [
  { name: 'faceres', scale: 1, channels: 3 },
  { name: 'parsing', scale: 1 / 255, channels: 8 },
] as const;

/** Maps [1, c, h, w] of features ≥ 0: of the face network, then of the parsing network, each from fine to coarse. */
export type FeatureMaps = readonly TensorData[];

export class FeaturePyramid {
  readonly #sessions: readonly Session[];

  constructor(sessions: readonly Session[]) {
    this.#sessions = sessions;
  }

  /** @throws WEIGHTS_MISSING; DEVICE_UNAVAILABLE when a device is named that is not there */
  static async load(options: SessionOptions = {}): Promise<FeaturePyramid> {
    const open = async (name: string) => createSession(featureModel(await loadWeights(name)), options);
    return new FeaturePyramid(await Promise.all(NETWORKS.map(({ name }) => open(name))));
  }

  /** Eight maps of a picture of any size; alpha is left out. */
  async of(picture: Picture): Promise<FeatureMaps> {
    const maps: TensorData[] = [];
    for (const [k, session] of this.#sessions.entries()) {
      const { scale, channels } = NETWORKS[k];
      const found = await session.run({ [session.inputNames[0]]: inputOf(picture, scale, channels) });
      maps.push(...session.outputNames.map((name) => found[name]));
    }
    return maps;
  }

  async release(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.release()));
  }
}

function inputOf({ width, height, data }: Picture, scale: number, channels: number): TensorData {
  const area = width * height;
  const planes = new Float32Array(channels * area);
  for (let c = 0; c < 3; c++) for (let i = 0; i < area; i++) planes[c * area + i] = data[4 * i + c] * scale;
  return { dims: [1, channels, height, width], data: planes };
}
