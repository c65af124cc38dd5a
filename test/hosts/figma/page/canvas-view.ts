/** The document on a canvas that can be panned, zoomed and clicked. */
import type { Transform } from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import { type FigmaHost, find } from '../sandbox/figma-host.ts';
import type { NodeState } from '../sandbox/scene-spec.ts';
import type { Bitmaps } from './bitmaps.ts';
import { drawLayers } from './draw-document.ts';

export class CanvasView {
  private readonly canvas: HTMLCanvasElement;
  private readonly host: FigmaHost;
  private readonly bitmaps: Bitmaps;
  private zoom = 0.5;
  private origin = { x: 24, y: 24 };
  private scheduled = false;
  private shown: readonly string[] = [];

  constructor(canvas: HTMLCanvasElement, host: FigmaHost, bitmaps: Bitmaps) {
    this.canvas = canvas;
    this.host = host;
    this.bitmaps = bitmaps;
    canvas.addEventListener('click', (event) => this.click(event));
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /** Draws once before the next frame. */
  readonly draw = (): void => {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      this.drawNow();
    });
  };

  private drawNow(): void {
    const { canvas, zoom, origin } = this;
    const tree = this.host.tree();
    this.follow(tree);
    const ratio = devicePixelRatio;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const context = canvas.getContext('2d')!;
    const view: Transform = [
      [zoom * ratio, 0, origin.x * ratio],
      [0, zoom * ratio, origin.y * ratio],
    ];
    drawLayers(context, tree.children, this.bitmaps.find, view);
    context.setTransform(view[0][0], 0, 0, view[1][1], view[0][2], view[1][2]);
    context.strokeStyle = '#0d99ff';
    context.lineWidth = 2 / zoom;
    for (const id of this.host.selection()) {
      const box = find(tree, id)?.bounds;
      if (box) context.strokeRect(box.x, box.y, box.width, box.height);
    }
  }

  /** Brings what the plugin scrolled to into view, once. */
  private follow(tree: NodeState): void {
    const { scrolledTo } = this.host;
    if (scrolledTo === this.shown) return;
    this.shown = scrolledTo;
    const boxes = scrolledTo.flatMap((id) => find(tree, id)?.bounds ?? []);
    if (boxes.length === 0) return;
    const right = Math.max(...boxes.map(({ x, width }) => x + width));
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
    const { clientWidth, clientHeight } = this.canvas;
    this.zoom = Math.min(1, this.zoom, (clientWidth - 48) / right, (clientHeight - 48) / bottom);
    this.origin = { x: 24, y: 24 };
  }

  private click({ offsetX, offsetY, shiftKey, metaKey, ctrlKey }: MouseEvent): void {
    const at = { x: (offsetX - this.origin.x) / this.zoom, y: (offsetY - this.origin.y) / this.zoom };
    const hit = hitAt(this.host.tree(), at, metaKey || ctrlKey);
    const before = shiftKey ? this.host.selection() : [];
    this.host.select(...before, ...(hit ? [hit.id] : []));
    this.draw();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-event.deltaY / 300);
      const { offsetX, offsetY } = event;
      this.origin.x = offsetX - (offsetX - this.origin.x) * factor;
      this.origin.y = offsetY - (offsetY - this.origin.y) * factor;
      this.zoom *= factor;
    } else {
      this.origin.x -= event.deltaX;
      this.origin.y -= event.deltaY;
    }
    this.draw();
  }
}

/** The topmost layer of the page under a point; with `deep`, the innermost. */
function hitAt(parent: NodeState, at: { x: number; y: number }, deep: boolean): NodeState | undefined {
  const hit = parent.children.findLast(({ bounds: { x, y, width, height } }) => {
    return at.x >= x && at.y >= y && at.x <= x + width && at.y <= y + height;
  });
  return (deep && hit && hitAt(hit, at, deep)) || hit;
}
