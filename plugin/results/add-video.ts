import type { Abort } from '../../protocol/channel.ts';
import { ChannelError } from '../../protocol/envelope.ts';
import type { PaintedVideo } from '../../protocol/plugin-messages.ts';
import { translation } from './transform.ts';

/** How a layer says which style and settings made its video. It is no result: its original is a file. */
const KEY = 'video';

/** Whether Figma takes this video: it refuses those of teams on its free plan. */
export async function takesVideosAsync(sample: Uint8Array): Promise<boolean> {
  if (!('createVideoAsync' in figma)) return false;
  return figma.createVideoAsync(sample).then(
    () => true,
    () => false,
  );
}

/**
 * A new layer with a painted video, as large as its pixels, in the middle of what the user sees. Throws NOT_PLACED where Figma
 * refuses, with nothing left behind.
 */
export async function addVideoAsync(video: PaintedVideo, abort: Abort): Promise<{ nodeId: string }> {
  const { name, width, height, styleName, styleId, look, jobId } = video;
  let layer: RectangleNode | undefined;
  try {
    const paint = await paintOf(video);
    abort.check();
    layer = figma.createRectangle();
    layer.name = `${name} · ${styleName}`;
    layer.resize(width, height);
    layer.fills = [paint];
    const { x, y } = figma.viewport.center;
    layer.relativeTransform = translation(Math.round(x - width / 2), Math.round(y - height / 2));
    layer.setPluginData(KEY, JSON.stringify({ style: { name: styleName, id: styleId }, look, jobId }));
    return { nodeId: layer.id };
  } catch (error) {
    if (layer && !layer.removed) layer.remove();
    if (error instanceof ChannelError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChannelError('NOT_PLACED', `Figma refused the painted video “${name}”: ${reason}`);
  }
}

async function paintOf({ kind, bytes }: PaintedVideo): Promise<VideoPaint | ImagePaint> {
  if (kind === 'gif') return { type: 'IMAGE', scaleMode: 'FILL', imageHash: figma.createImage(bytes).hash };
  const { hash } = await figma.createVideoAsync(bytes);
  return { type: 'VIDEO', scaleMode: 'FILL', videoHash: hash };
}
