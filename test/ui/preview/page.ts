/** What the page of the preview tests runs: a client, with its requests in reach of the test. */
import type { DeviceName } from '../../../models/runtime/index.ts';
import { DEFAULT_SETTINGS, type Look } from '../../../protocol/plugin-data.ts';
import type { PackedAsset } from '../../../ui/preview/assets.ts';
import { PreviewClient } from '../../../ui/preview/client.ts';
import type { Preview, PreviewRequest } from '../../../ui/preview/previewer.ts';

declare const PREVIEW_WORKER: string;
declare function readAsset(name: string): Promise<string>;
declare function readPicture(name: string): Promise<string>;

export interface TestClient {
  readonly client: PreviewClient;
  /** Shares that were loaded, and devices. */
  readonly log: (string | number | null)[];
  /** Names of pictures in the order in which they were read. */
  readonly reads: string[];
  request(portrait: string, style: string, look?: Partial<Look>): PreviewRequest;
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** A picture as a test can take it out of the browser. */
export interface Taken {
  readonly width: number;
  readonly height: number;
  readonly pixels: number[];
}

export type OpenClient = (devices: readonly DeviceName[]) => TestClient;
export type Take = (preview: Preview | null) => Taken | null;

const LOOK: Look = { ...DEFAULT_SETTINGS.look, scale: 1 };
/** Lets a test take the graphics card away, as a driver that crashes does. */
const LOSING = `{
  const { prototype } = self.GPUAdapter ?? class {};
  const request = prototype.requestDevice;
  const devices = [];
  prototype.requestDevice = async function (...options) {
    const device = await request.apply(this, options);
    devices.push(device);
    return device;
  };
  new BroadcastChannel('lose').onmessage = () => devices.forEach((device) => device.destroy());
}`;
const workerUrl = URL.createObjectURL(new Blob([LOSING, PREVIEW_WORKER], { type: 'text/javascript' }));
const read = async (name: string) =>
  Uint8Array.from(atob(await readPicture(name)), (character) => character.charCodeAt(0));

const open: OpenClient = (devices) => {
  const log: (string | number | null)[] = [];
  const reads: string[] = [];
  const readLogged = (name: string) => {
    reads.push(name);
    return read(name);
  };
  const client = new PreviewClient({
    createWorker: () => new Worker(workerUrl),
    readAsset: async (name): Promise<PackedAsset> => ({ base64: await readAsset(name) }),
    devices,
    onLoading: (share) => log.push(share),
    onDevice: (device) => log.push(device),
  });
  const request = (portrait: string, style: string, look: Partial<Look> = {}): PreviewRequest => ({
    portrait: { key: portrait, turn: 0, read: () => readLogged(portrait) },
    style: { key: style, read: () => readLogged(style) },
    look: { ...LOOK, ...look },
  });
  return { client, log, reads, request, read };
};

const take: Take = (preview) => {
  if (!preview) return null;
  const { width, height, data } = preview.after;
  return { width, height, pixels: [...data] };
};

const loseGraphicsCard = () => new BroadcastChannel('lose').postMessage(null);

Object.assign(window, { open, take, wasm: open(['wasm']), loseGraphicsCard });
