/** A picture of the document as the plugin finds it, and where it stands. */
import * as z from 'zod/mini';

const share = z.number();

/** A file's contents. Not a view of shared memory, which windows cannot post. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const portraitSchema = z.object({
  nodeId: z.string(),
  /** Index in the layer's fills; null for a layer without a picture of its own, which is exported as it looks. */
  fill: z.nullable(z.int()),
  name: z.string(),
  /** Size of the layer in canvas units, before its rotation. */
  width: z.number(),
  height: z.number(),
  /** Size of the whole picture in pixels, before crop and turn. */
  pictureWidth: z.int(),
  pictureHeight: z.int(),
  /** Figma's hash of the picture; null where `fill` is null. */
  imageHash: z.nullable(z.string()),
  /** The bounds of what the layer shows of the picture, in shares of its width and height. */
  crop: z.object({ x: share, y: share, width: share, height: share }),
  /** Degrees clockwise by which the layer shows the picture turned; look for faces after turning it so. */
  turn: z.literal([0, 90, 180, 270]),
});

export type Portrait = z.infer<typeof portraitSchema>;
