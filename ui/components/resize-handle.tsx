import { useWindowResize } from '@create-figma-plugin/ui';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels in which nothing is cut off. */
const LEAST = { minWidth: 320, minHeight: 480 };

/** Lets the edges of the window be dragged. */
export function ResizeHandle({ onResize }: { readonly onResize: (size: Size) => void }) {
  useWindowResize(
    ({ width, height }: Size) => onResize({ width: Math.round(width), height: Math.round(height) }),
    {
      ...LEAST,
      resizeBehaviorOnDoubleClick: 'minimize',
    },
  );
  return null;
}
