/** The limits that Figma sets and documents; here going past one is an error. */
import type { Paint } from '@figma/plugin-typings/plugin-api-standalone.d.ts';

export const LIMITS = {
  /** Pixels. https://developers.figma.com/docs/plugins/api/properties/figma-createimage */
  imageEdge: 4096,
  /** Bytes. https://developers.figma.com/docs/plugins/api/properties/figma-createvideoasync */
  video: 100_000_000,
  /** Bytes an entry, key and value together. */
  pluginData: 100_000,
  /** Bytes a plugin. */
  clientStorage: 5_000_000,
  /** Characters. */
  notify: 100,
};

export function checkPluginData(key: string, value: string): void {
  if (key.length + value.length > LIMITS.pluginData)
    throw new Error('in setPluginData: The plugin data entry is larger than 100 kB');
}

const SCALE_MODES = ['FILL', 'FIT', 'CROP', 'TILE'];

export function checkPaints(
  paints: readonly Paint[],
  { hasImage, hasVideo }: Record<'hasImage' | 'hasVideo', (hash: string) => boolean>,
): void {
  for (const paint of paints) {
    const refuse = (why: string) => new Error(`in set_fills: Property "fills" failed validation: ${why}`);
    for (const [key, value] of Object.entries(paint))
      if (value === undefined) throw refuse(`${key} is undefined`);
    if (paint.opacity !== undefined && !(paint.opacity >= 0 && paint.opacity <= 1)) throw refuse('opacity');
    if (paint.type === 'VIDEO' && paint.videoHash !== null && !hasVideo(paint.videoHash))
      throw refuse('no video has that hash');
    if (paint.type !== 'IMAGE') continue;
    if (!SCALE_MODES.includes(paint.scaleMode)) throw refuse(`scaleMode ${paint.scaleMode}`);
    if (paint.rotation !== undefined && paint.rotation % 90 !== 0) throw refuse('rotation');
    if (paint.imageTransform && paint.scaleMode !== 'CROP') throw refuse('imageTransform without CROP');
    if (paint.imageHash !== null && !hasImage(paint.imageHash)) throw refuse('no image has that hash');
  }
}
