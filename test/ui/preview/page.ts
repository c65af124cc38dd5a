/** What the page of the preview tests runs: a client with its requests in reach of the test. */

import type { DeviceName } from '../../../models/runtime/index.ts';
import type { Look } from '../../../protocol/plugin-data.ts';
import type { PackedAsset } from '../../../ui/preview/assets.ts';
import { PreviewClient } from '../../../ui/preview/client.ts';
import type { PreviewRequest } from '../../../ui/preview/previewer.ts';

declare const PREVIEW_WORKER: string;
declare function readAsset(name: string): Promise<string>;
declare function readPicture(name: string): Promise<string>;

const LOOK: Look = { likeness: 0.5, strength: 1, background: 'style', scale: 1 };
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const read = async (name: string) => bytesOf(await readPicture(name));
const workerUrl = URL.createObjectURL(new Blob([PREVIEW_WORKER], { type: 'text/javascript' }));

function open(devices: DeviceName[]) {
  const log: (string | number | null)[] = [];
  const client = new PreviewClient({
    createWorker: () => new Worker(workerUrl),
    readAsset: async (name): Promise<PackedAsset> => ({ base64: await readAsset(name) }),
    devices,
    onLoading: (share) => log.push(share),
    onDevice: (device) => log.push(device),
  });
  const request = (portrait: string, style: string, look: Partial<Look> = {}): PreviewRequest => ({
    portrait: { key: portrait, turn: 0, read: () => read(portrait) },
    style: { key: style, read: () => read(style) },
    look: { ...LOOK, ...look },
  });
  return { client, log, request };
}

Object.assign(window, { open, read });
