import { isResult } from '../results/result-data.ts';
import { fillsOf, pictureFill } from './picture-fill.ts';

export interface Found {
  readonly node: SceneNode & { readonly width: number; readonly height: number };
  /** Index of the picture in the layer's fills; null for a layer to be exported as it looks. */
  readonly fill: number | null;
}

/** Layers whose looks are made of several layers or of shapes. */
const COMPOSED = new Set<NodeType>([
  'FRAME',
  'GROUP',
  'COMPONENT',
  'INSTANCE',
  'VECTOR',
  'BOOLEAN_OPERATION',
]);

/**
 * The pictures in a selection, in document order: visible image fills at any depth. Left out are masks, of which only the
 * shape shows, and results of Limner inside of what is selected, so that a frame can be restyled again. A selected layer
 * that holds no picture but has looks of its own counts as one picture. The search ends soon after `most` are passed.
 */
export function findPictures(selection: readonly SceneNode[], most: number): Found[] {
  const found: Found[] = [];
  for (const node of outermost(selection)) {
    if (found.length > most) break;
    found.push(...findIn(node));
  }
  return found;
}

function findIn(selected: SceneNode): Found[] {
  const found = isResult(selected) && 'children' in selected ? ownPicture(selected) : walk(selected);
  if (found.length > 0 || !isComposed(selected)) return found;
  return [{ node: selected, fill: null }];
}

function walk(node: SceneNode): Found[] {
  if (!node.visible || ('isMask' in node && node.isMask)) return [];
  const inside =
    'children' in node && node.type !== 'BOOLEAN_OPERATION'
      ? node.children.filter((child) => !isResult(child)).flatMap(walk)
      : [];
  return [...ownPicture(node), ...inside];
}

function ownPicture(node: SceneNode): Found[] {
  const fill = node.type === 'SECTION' ? -1 : pictureFill(fillsOf(node));
  return fill < 0 ? [] : [{ node, fill }];
}

function isComposed(node: SceneNode): boolean {
  return COMPOSED.has(node.type) || fillsOf(node).some(({ type }) => type === 'VIDEO' || type === 'PATTERN');
}

/** Without layers that are inside of others. What is around a layer is looked at once for all its siblings. */
function outermost(selection: readonly SceneNode[]): SceneNode[] {
  const selected = new Set(selection.map(({ id }) => id));
  const known = new Map<string, boolean>();
  const isInside = (parent: BaseNode | null): boolean => {
    if (!parent) return false;
    const before = known.get(parent.id);
    if (before !== undefined) return before;
    const found = selected.has(parent.id) || isInside(parent.parent);
    known.set(parent.id, found);
    return found;
  };
  return selection.filter(({ parent }) => !isInside(parent));
}
