/** Recent styles: an index with thumbnails, most recently used first, and each style's file under a key of its own. */
import * as z from 'zod/mini';
import { ChannelError } from '../../protocol/envelope.ts';
import { type RecentStyle, recentStyleSchema } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { inTurn } from './in-turn.ts';

const INDEX = 'styles';
const fileKey = (id: string) => `style:${id}`;
const indexSchema = z.array(z.extend(recentStyleSchema, { fileSize: z.number() }));
type Index = z.infer<typeof indexSchema>;

/** Figma keeps 5 MB for a plugin; what is left is for settings, jobs and what storing costs. */
const MOST_BYTES = 4_500_000;

export async function listStylesAsync(): Promise<RecentStyle[]> {
  return (await readIndexAsync()).map(withoutSize);
}

/** Puts a style first and lets the least recently used go until all fit. */
export function saveStyleAsync(style: RecentStyle, file: Uint8Array): Promise<RecentStyle[]> {
  return inTurn(async () => {
    const entry = { ...style, fileSize: file.length };
    if (sizeOf(entry) > MOST_BYTES)
      throw new ChannelError(
        'STORAGE_FULL',
        `${style.name} is too large to be kept in Figma.`,
        'Save it as a file.',
      );
    const others = (await readIndexAsync()).filter(({ id }) => id !== style.id);
    const kept = fitting([entry, ...others]);
    const dropped = others.filter((other) => !kept.includes(other));
    await Promise.all(dropped.map(({ id }) => figma.clientStorage.deleteAsync(fileKey(id))));
    await figma.clientStorage.setAsync(fileKey(style.id), file);
    await figma.clientStorage.setAsync(INDEX, kept);
    return kept.map(withoutSize);
  });
}

/** The style's file; reading it makes the style the most recently used. */
export function readStyleAsync(id: string): Promise<Bytes> {
  return inTurn(async () => {
    const file: unknown = await figma.clientStorage.getAsync(fileKey(id));
    const index = await readIndexAsync();
    const used = index.find((style) => style.id === id);
    if (!used || !(file instanceof Uint8Array))
      throw new ChannelError('NOT_FOUND', 'That style is no longer kept in Figma.', 'Add it again.');
    await figma.clientStorage.setAsync(INDEX, [used, ...index.filter((style) => style !== used)]);
    return file as Bytes;
  });
}

export function removeStyleAsync(id: string): Promise<RecentStyle[]> {
  return inTurn(async () => {
    const kept = (await readIndexAsync()).filter((style) => style.id !== id);
    await figma.clientStorage.setAsync(INDEX, kept);
    await figma.clientStorage.deleteAsync(fileKey(id));
    return kept.map(withoutSize);
  });
}

async function readIndexAsync(): Promise<Index> {
  const parsed = indexSchema.safeParse(await figma.clientStorage.getAsync(INDEX));
  return parsed.success ? parsed.data : [];
}

/** The first styles that fit together. */
function fitting(styles: Index): Index {
  let left = MOST_BYTES;
  return styles.filter((style) => {
    left -= sizeOf(style);
    return left >= 0;
  });
}

const sizeOf = (style: Index[number]) =>
  style.fileSize + style.thumbnail.length + 2 * style.name.length + 500;

function withoutSize({ fileSize, ...style }: Index[number]): RecentStyle {
  return style;
}
