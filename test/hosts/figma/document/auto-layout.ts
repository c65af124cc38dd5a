import type { NodeRecord } from './store.ts';

/**
 * Auto layout as far as a test of plugins needs it: children in a row or a column, wrapped if asked, with padding and
 * spacing. Children with absolute positioning and hidden ones are left alone. Nothing is stretched.
 */
export function arrangeChildren(
  frame: NodeRecord,
  children: readonly NodeRecord[],
  sizeOf: (layer: NodeRecord) => { readonly width: number; readonly height: number },
): void {
  const { layoutMode = 'NONE', layoutWrap = 'NO_WRAP' } = frame.props;
  if (layoutMode === 'NONE') return;
  const horizontal = layoutMode === 'HORIZONTAL';
  const padding = number(frame, 'paddingLeft');
  const gap = number(frame, 'itemSpacing');
  const room = (horizontal ? sizeOf(frame).width : sizeOf(frame).height) - padding;
  let along = padding;
  let across = number(frame, 'paddingTop');
  let thickest = 0;
  for (const child of children) {
    if (child.props['layoutPositioning'] === 'ABSOLUTE' || child.props['visible'] === false) continue;
    const { width, height } = sizeOf(child);
    const [length, thickness] = horizontal ? [width, height] : [height, width];
    if (layoutWrap === 'WRAP' && along > padding && along + length > room) {
      along = padding;
      across += thickest + gap;
      thickest = 0;
    }
    const [x, y] = horizontal ? [along, across] : [across, along];
    child.props['relativeTransform'] = [
      [1, 0, x],
      [0, 1, y],
    ];
    along += length + gap;
    thickest = Math.max(thickest, thickness);
  }
}

function number(frame: NodeRecord, key: string): number {
  return (frame.props[key] as number | undefined) ?? 0;
}
