import type { Selection } from '../../protocol/plugin-messages.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import { exportSize } from './export-size.ts';
import { type Found, findPictures } from './find-pictures.ts';
import { originalOfAsync } from './original-of.ts';
import { fillsOf } from './picture-fill.ts';
import { titleOf } from './title-of.ts';
import { visibleCrop } from './visible-crop.ts';

/** As many as the window lists. */
const MOST_PORTRAITS = 500;

type Skipped = Selection['skipped'][number];

/** The portraits in what is selected on the current page. */
export async function listSelectionAsync(): Promise<Selection> {
  const { selection } = figma.currentPage;
  const found = findPictures(selection, MOST_PORTRAITS);
  const taken = found.slice(0, MOST_PORTRAITS);
  const listed = await Promise.all(taken.map(describeAsync));
  const originals = await Promise.all(taken.map(originalAsync));
  const skipped = listed.filter((entry): entry is Skipped => 'reason' in entry);
  if (found.length > MOST_PORTRAITS)
    skipped.push({
      name: 'The rest of the selection',
      reason: `at most ${MOST_PORTRAITS} pictures are taken at once.`,
    });
  return {
    layers: selection.length,
    portraits: listed.filter(isPortrait),
    originals: unique(listed.map((entry, index) => originals[index] ?? entry).filter(isPortrait)),
    skipped,
  };
}

/** What a result was made from; null for other layers and where it is gone. */
async function originalAsync({ node }: Found): Promise<Portrait | null> {
  const original = await originalOfAsync(node);
  const described = original && (await describeAsync(original));
  return described && isPortrait(described) ? described : null;
}

function isPortrait(entry: Portrait | Skipped): entry is Portrait {
  return !('reason' in entry);
}

function unique(portraits: readonly Portrait[]): Portrait[] {
  const byPlace = new Map(portraits.map((portrait) => [`${portrait.nodeId}/${portrait.fill}`, portrait]));
  return [...byPlace.values()];
}

async function describeAsync(found: Found): Promise<Portrait | Skipped> {
  const { node, fill } = found;
  const name = titleOf(node);
  if (fill === null) return composed(node, name);
  const paint = fillsOf(node)[fill] as ImagePaint;
  const image = paint.imageHash === null ? null : figma.getImageByHash(paint.imageHash);
  if (!image) return { name, reason: 'The picture is missing from the file.' };
  const size = await image.getSizeAsync().catch(() => null);
  if (!size) return { name, reason: 'Figma cannot load the picture.' };
  return {
    nodeId: node.id,
    fill,
    name,
    width: node.width,
    height: node.height,
    pictureWidth: size.width,
    pictureHeight: size.height,
    imageHash: paint.imageHash,
    ...visibleCrop(paint, size, node),
  };
}

function composed(node: Found['node'], name: string): Portrait | Skipped {
  const box = node.absoluteBoundingBox;
  if (!box || box.width < 1 || box.height < 1) return { name, reason: 'The layer has no size.' };
  const size = exportSize(box);
  return {
    nodeId: node.id,
    fill: null,
    name,
    width: box.width,
    height: box.height,
    pictureWidth: size.width,
    pictureHeight: size.height,
    imageHash: null,
    crop: { x: 0, y: 0, width: 1, height: 1 },
    turn: 0,
  };
}
