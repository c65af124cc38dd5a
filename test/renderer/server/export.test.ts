import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { inspectProvenance } from '../../../renderer/provenance/inspect-provenance.ts';
import { readTrustList } from '../../../renderer/provenance/trust-list.ts';
import { findChromium } from '../../hosts/chromium.ts';
import { svg, teamFrame } from '../export/frames.ts';
import { joconde } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startSigned, TOKEN } from './signed-renderer.ts';

const inFolder = temporaryFolder();

describe.skipIf(!findChromium())('jobs that export a frame', () => {
  let client: RendererClient;
  let style: { picture: string };
  let frame: string;
  let stop = async () => {};
  const send = (text: string) => client.uploadPicture(Buffer.from(text));
  beforeAll(async () => {
    const { database, renderer } = await startSigned(inFolder);
    stop = async () => {
      await renderer.stop();
      await database.close();
    };
    client = createRendererClient({ baseUrl: renderer.url, token: TOKEN });
    style = { picture: await client.uploadPicture(await readFile(joconde)) };
    frame = await send(await teamFrame());
  });
  afterAll(() => stop());

  const ended = async (id: string) => {
    for await (const _ of client.events(id));
    return client.job(id);
  };

  it('PNG with transparency, signed, and as large as asked', async () => {
    await client.putJob('png', { kind: 'export', frame, style, scale: 2 });
    const { state, error, result } = await ended('png');
    expect({ state, error }).toEqual({ state: 'succeeded', error: null });
    expect(result).toMatchObject({ mediaType: 'image/png', width: 480, height: 400 });
    const { bytes } = await client.result('png');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 480, height: 400, hasAlpha: true });
    const found = await inspectProvenance(bytes, await readTrustList());
    expect(found).toMatchObject({ verdict: 'trusted', action: 'exported', source: frame });
  });

  it('PDF of named layers; a layer that is not there fails its job alone', async () => {
    await client.putJob('nobody', { kind: 'export', frame, style, portraits: ['Jim'] });
    await client.putJob('pdf', { kind: 'export', frame, style, portraits: ['Jane'], format: 'pdf' });
    expect(await ended('nobody')).toMatchObject({ state: 'failed', error: { code: 'NO_LAYER' } });
    expect((await ended('pdf')).state).toBe('succeeded');
    const { bytes } = await client.result('pdf');
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  });

  it('frames that are not safe are not even taken, and too large ones not queued', async () => {
    const unsafe = send(svg(9, 9, '<image href="https://example.org/a.png"/>'));
    await expect(unsafe).rejects.toMatchObject({ code: 'UNSAFE_SVG', status: 422 });
    const large = await send(svg(4000, 10, '<rect width="9" height="9"/>'));
    const job = client.putJob('large', { kind: 'export', frame: large, style, scale: 8 });
    await expect(job).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
  });

  it('a frame is no portrait', async () => {
    const asPortrait = client.putJob('portrait', { kind: 'render', portrait: frame, style });
    await expect(asPortrait).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT', status: 415 });
    const asFrame = client.putJob('frame', { kind: 'export', frame: style.picture, style });
    await expect(asFrame).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT', status: 415 });
  });
});
