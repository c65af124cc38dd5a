import { ChannelError } from '../../protocol/envelope.ts';
import type { Tile } from '../../protocol/plugin-messages.ts';

/** A part of a picture, in pixels of the whole, that Figma has taken in. */
export interface ImportedTile extends Omit<Tile, 'bytes'> {
  readonly hash: string;
}

/** Hands the files to Figma and checks that they have the size they are said to have. */
export async function importTilesAsync(tiles: readonly Tile[]): Promise<ImportedTile[]> {
  return await Promise.all(
    tiles.map(async ({ bytes, ...place }) => {
      const image = figma.createImage(bytes);
      const { width, height } = await image.getSizeAsync();
      if (width !== place.width || height !== place.height)
        throw new ChannelError(
          'BAD_MESSAGE',
          `A picture has ${width}×${height} px instead of ${place.width}×${place.height}.`,
        );
      return { ...place, hash: image.hash };
    }),
  );
}
