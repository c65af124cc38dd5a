/** How large, and how turned, the frame shows each of its pictures. */
import type { Page } from 'puppeteer-core';
import { showFrame } from './draw-frame.ts';
import { embeddedPictures, type Frame, MARK } from './frame.ts';

export interface Placement {
  /** Frame pixels per pixel of the picture, where it is shown largest; 0 where it is not shown at all. */
  readonly density: number;
  /** Clockwise quarter turns, nearest, by which it is shown there: 0..3. */
  readonly quarterTurns: number;
  /** Names of the layers that show it, the innermost first. */
  readonly layers: readonly string[];
}

/** One placement a picture, in the order of `embeddedPictures`. */
export async function measurePictures(page: Page, frame: Frame): Promise<Placement[]> {
  embeddedPictures(frame).forEach(({ element }, i) => {
    element.setAttribute(MARK, String(i));
  });
  await page.setViewport({ width: 800, height: 600, deviceScaleFactor: 1 });
  await showFrame(page, frame, 1);
  return page.evaluate(placements, MARK);
}

/** Runs in the page, alone: nothing of this module is there. */
async function placements(mark: string): Promise<Placement[]> {
  type Shown = { matrix: DOMMatrix; element: Element };
  const matrixOf = (matrix: DOMMatrix | null | undefined) =>
    matrix ? new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f]) : new DOMMatrix();
  const ownMatrix = (element: Element, end: Element): DOMMatrix => {
    if (element === end || !(element instanceof SVGGraphicsElement)) return new DOMMatrix();
    const own = matrixOf(element.transform.baseVal.consolidate()?.matrix);
    return element.parentElement ? ownMatrix(element.parentElement, end).multiply(own) : own;
  };
  const usersOf = (element: Element): SVGUseElement[] =>
    [...document.querySelectorAll('use')].filter(
      (use) => element.id !== '' && use.href.baseVal === `#${element.id}`,
    );
  const filledBy = (pattern: Element): SVGGraphicsElement[] =>
    [...document.querySelectorAll<SVGGraphicsElement>('svg *')].filter(
      (shape) =>
        shape instanceof SVGGeometryElement &&
        [shape.getAttribute('fill'), shape.getAttribute('style')].some((paint) =>
          paint?.includes(`#${pattern.id})`),
        ),
    );
  const throughPattern = (pattern: SVGPatternElement, inside: DOMMatrix): Shown[] =>
    filledBy(pattern).map((shape) => {
      const box = shape.getBBox();
      const isBox = pattern.getAttribute('patternContentUnits') === 'objectBoundingBox';
      const content = isBox ? new DOMMatrix([box.width, 0, 0, box.height, 0, 0]) : new DOMMatrix();
      const own = matrixOf(pattern.patternTransform.baseVal.consolidate()?.matrix);
      const matrix = matrixOf(shape.getScreenCTM()).multiply(own).multiply(content).multiply(inside);
      return { matrix, element: shape };
    });
  const shownOf = (element: SVGGraphicsElement, depth = 0): Shown[] => {
    if (depth > 8) return [];
    const pattern = element.closest('pattern');
    if (pattern) return throughPattern(pattern, ownMatrix(element, pattern));
    const direct = element.closest('defs') ? [] : [{ matrix: matrixOf(element.getScreenCTM()), element }];
    const used = usersOf(element).flatMap((use) => shownOf(use, depth + 1));
    const own = matrixOf(element.transform.baseVal.consolidate()?.matrix);
    return [...direct, ...used.map((shown) => ({ ...shown, matrix: shown.matrix.multiply(own) }))];
  };
  const layersOf = (element: Element | null): string[] => {
    if (!element || element.localName === 'svg') return [];
    const names = [element.id, element.getAttribute('data-name')].filter((name): name is string =>
      Boolean(name),
    );
    return [...names, ...layersOf(element.parentElement)];
  };
  const scaleOf = ({ a, b, c, d }: DOMMatrix) => Math.max(Math.hypot(a, b), Math.hypot(c, d));
  const images = [...document.querySelectorAll<SVGImageElement>(`[${mark}]`)];
  const place = async (image: SVGImageElement): Promise<Placement> => {
    const natural = new Image();
    natural.src = image.href.baseVal;
    await natural.decode().catch(() => undefined);
    const shown = shownOf(image);
    const width = image.width.baseVal.value || natural.naturalWidth;
    const height = image.height.baseVal.value || natural.naturalHeight;
    const stretch = Math.max(width / natural.naturalWidth, height / natural.naturalHeight);
    const largest = shown.reduce<Shown | null>(
      (a, b) => (!a || scaleOf(b.matrix) > scaleOf(a.matrix) ? b : a),
      null,
    );
    const turn = largest ? Math.round(Math.atan2(largest.matrix.b, largest.matrix.a) / (Math.PI / 2)) : 0;
    const layers = [...new Set(shown.flatMap(({ element }) => layersOf(element)))];
    return { density: largest ? scaleOf(largest.matrix) * stretch : 0, quarterTurns: (turn + 4) % 4, layers };
  };
  return Promise.all(images.map(place));
}
