/** How large, and how turned, the frame shows each of its pictures. The browser is asked, not the text. */
import type { Page } from 'puppeteer-core';
import { showFrame } from './draw-frame.ts';
import { embeddedPictures, type Frame, MARK } from './frame.ts';

export interface Placement {
  /** Frame pixels per pixel of the picture, where it is shown largest; 0 where it is not shown at all. */
  readonly density: number;
  /** Whether it is shown there as in a mirror: left and right exchanged before it is turned. */
  readonly isMirrored: boolean;
  /** Clockwise quarter turns, nearest, by which it is shown there: 0..3. */
  readonly quarterTurns: number;
  /** Names of the layers that show it, the innermost first. */
  readonly layers: readonly string[];
}

export interface Measured {
  /** One a picture, in the order of `embeddedPictures`. */
  readonly placements: readonly Placement[];
  /** First choices of texts that are neither in the frame nor on this machine. */
  readonly missingFonts: readonly string[];
}

export async function measurePictures(page: Page, frame: Frame): Promise<Measured> {
  embeddedPictures(frame).forEach(({ element }, i) => {
    element.setAttribute(MARK, String(i));
  });
  await page.setViewport({ width: 800, height: 600, deviceScaleFactor: 1 });
  await showFrame(page, frame, 1);
  return { placements: await page.evaluate(placements, MARK), missingFonts: await page.evaluate(missing) };
}

/** Runs in the page, alone: nothing of this module is there. */
async function placements(mark: string): Promise<Placement[]> {
  type Shown = { matrix: DOMMatrix; element: Element };
  /** References followed one after another: uses of uses, patterns in what patterns fill. */
  const MOST_STEPS = 12;
  const all = [...document.querySelectorAll('svg *')];
  const matrixOf = (m: DOMMatrix | null | undefined) =>
    m ? new DOMMatrix([m.a, m.b, m.c, m.d, m.e, m.f]) : new DOMMatrix();
  const transformOf = (element: Element) => {
    const given = element instanceof SVGPatternElement ? element.patternTransform : null;
    const own = given ?? (element instanceof SVGGraphicsElement ? element.transform : null);
    const attribute = own?.baseVal.consolidate()?.matrix;
    if (attribute) return matrixOf(attribute);
    try {
      return new DOMMatrix(getComputedStyle(element).transform);
    } catch {
      // Of shares of a box that is not drawn.
      return new DOMMatrix();
    }
  };
  /** From an element's own coordinates to those inside `end`, one of those around it. */
  const matrixWithin = (element: Element, end: Element): DOMMatrix => {
    if (element === end || !element.parentElement) return new DOMMatrix();
    return matrixWithin(element.parentElement, end).multiply(transformOf(element));
  };
  const isId = (named: string, id: string) => {
    if (id === '' || named === id) return id !== '';
    try {
      return decodeURIComponent(named) === id;
    } catch {
      return false;
    }
  };
  const hrefIs = (element: Element, id: string) =>
    isId((element as Element & { href?: SVGAnimatedString }).href?.baseVal.replace(/^#/, '') ?? '', id);
  const refersTo = (paint: string, id: string) =>
    isId(paint.startsWith('url("#') ? paint.slice(6, paint.indexOf('")')) : '', id);
  /** Patterns whose content, for want of their own, is this one's; the nearer attribute counts. */
  const chainsFrom = (pattern: Element, depth: number): Element[][] => {
    const chain = [[pattern]];
    if (depth > MOST_STEPS || pattern.id === '') return chain;
    const heirs = all.filter(
      (other) => other instanceof SVGPatternElement && hrefIs(other, pattern.id) && !other.firstElementChild,
    );
    return [
      ...chain,
      ...heirs.flatMap((heir) => chainsFrom(heir, depth + 1).map((rest) => [...rest, pattern])),
    ];
  };
  const attributeOf = (chain: Element[], name: string) =>
    chain.map((pattern) => pattern.getAttribute(name)).find((value) => value !== null) ?? null;
  const isPainted = (element: Element) =>
    element instanceof SVGGeometryElement ||
    element instanceof SVGTextContentElement ||
    element instanceof SVGUseElement;
  const throughPattern = (pattern: Element, inside: DOMMatrix, depth: number): Shown[] =>
    chainsFrom(pattern, 0).flatMap((chain) => {
      const id = chain[0].id;
      const shapes = all.filter((shape) => {
        const { fill, stroke } = getComputedStyle(shape);
        return isPainted(shape) && (refersTo(fill, id) || refersTo(stroke, id));
      }) as SVGGraphicsElement[];
      return shapes.flatMap((shape) => {
        const box = shape.getBBox();
        const isBox = attributeOf(chain, 'patternContentUnits') === 'objectBoundingBox';
        const content = isBox ? new DOMMatrix([box.width, 0, 0, box.height, 0, 0]) : viewOf(chain, box);
        const withTransform = chain.find((one) => one.hasAttribute('patternTransform'));
        const own = withTransform ? transformOf(withTransform) : new DOMMatrix();
        return shownOf(shape, own.multiply(content).multiply(inside), depth + 1);
      });
    });
  /** The scale of a pattern's viewBox. */
  const viewOf = (chain: Element[], box: DOMRect): DOMMatrix => {
    const [, , width, height] = (attributeOf(chain, 'viewBox') ?? '').split(/[\s,]+/).map(Number);
    if (!(width > 0 && height > 0)) return new DOMMatrix();
    const isUser = attributeOf(chain, 'patternUnits') === 'userSpaceOnUse';
    const length = (name: string, whole: number) => {
      const text = attributeOf(chain, name) ?? '0';
      const value = Number.parseFloat(text) / (text.endsWith('%') ? 100 : 1);
      return isUser && !text.endsWith('%') ? value : value * whole;
    };
    const scale = Math.min(length('width', box.width) / width, length('height', box.height) / height);
    return new DOMMatrix([scale, 0, 0, scale, 0, 0]);
  };
  const isDrawn = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const throughUses = (element: Element, inside: DOMMatrix, depth: number): Shown[] => {
    const shown: Shown[] = [];
    for (
      let target: Element | null = element;
      target && target.localName !== 'defs';
      target = target.parentElement
    ) {
      const within = matrixWithin(element, target).multiply(inside);
      const id = target.id;
      const own = target instanceof SVGSymbolElement ? new DOMMatrix() : transformOf(target);
      for (const use of all) {
        if (!(use instanceof SVGUseElement) || !hrefIs(use, id)) continue;
        const symbol = target instanceof SVGSymbolElement ? symbolMatrix(target, use) : own;
        shown.push(...shownOf(use, symbol.multiply(within), depth + 1));
      }
      if (target.localName === 'svg' && target.parentElement?.localName !== 'svg') break;
    }
    return shown;
  };
  const symbolMatrix = (symbol: SVGSymbolElement, use: SVGUseElement): DOMMatrix => {
    const { width, height } = symbol.viewBox.baseVal ?? { width: 0, height: 0 };
    const [across, down] = [use.width.baseVal.value, use.height.baseVal.value];
    if (!(width > 0 && height > 0 && across > 0 && down > 0)) return new DOMMatrix();
    const scale = Math.min(across / width, down / height);
    return new DOMMatrix([scale, 0, 0, scale, 0, 0]);
  };
  /** Every place where an element is shown, with what leads there from coordinates inside it. */
  const shownOf = (element: SVGGraphicsElement, inside: DOMMatrix, depth = 0): Shown[] => {
    if (depth > MOST_STEPS) return [];
    // A mask shows light, not the picture; a clip shows no pixel of it.
    const hidden = element.closest(
      'pattern, mask, clipPath, marker, defs, symbol, linearGradient, radialGradient',
    );
    if (hidden instanceof SVGPatternElement) {
      const within = matrixWithin(element, hidden).multiply(inside);
      return [...throughPattern(hidden, within, depth), ...throughUses(element, inside, depth)];
    }
    const used = throughUses(element, inside, depth);
    if (hidden || !isDrawn(element)) return used;
    return [{ matrix: matrixOf(element.getScreenCTM()).multiply(inside), element }, ...used];
  };
  const layersOf = (element: Element | null): string[] => {
    if (!element || element.localName === 'svg') return [];
    const names = [element.id, element.getAttribute('data-name')].filter((name): name is string =>
      Boolean(name),
    );
    return [...names, ...layersOf(element.parentElement)];
  };
  const scaleOf = ({ a, b, c, d }: DOMMatrix) => Math.max(Math.hypot(a, b), Math.hypot(c, d));
  const place = async (image: SVGImageElement): Promise<Placement> => {
    const natural = new Image();
    natural.src = image.href.baseVal;
    await natural.decode().catch(() => undefined);
    const shown = shownOf(image, new DOMMatrix());
    const width = image.width.baseVal.value || natural.naturalWidth;
    const height = image.height.baseVal.value || natural.naturalHeight;
    const stretch = Math.max(width / natural.naturalWidth, height / natural.naturalHeight);
    const largest = shown.reduce<Shown | null>(
      (a, b) => (!a || scaleOf(b.matrix) > scaleOf(a.matrix) ? b : a),
      null,
    );
    const { a, b, c, d } = largest?.matrix ?? new DOMMatrix();
    const isMirrored = a * d - b * c < 0;
    const turn = Math.round((isMirrored ? Math.atan2(-b, -a) : Math.atan2(b, a)) / (Math.PI / 2));
    const layers = [...new Set(shown.flatMap(({ element }) => layersOf(element)))];
    const density = largest ? scaleOf(largest.matrix) * stretch : 0;
    return { density, isMirrored, quarterTurns: (turn + 4) % 4, layers };
  };
  const images = [...document.querySelectorAll<SVGImageElement>(`[${mark}]`)];
  return Promise.all(images.map(place));
}

/** Runs in the page, alone. A font is missing when texts are as wide as in either of two fonts that differ. */
function missing(): string[] {
  const GENERIC =
    /^(serif|sans-serif|monospace|cursive|fantasy|system-ui|ui-.*|math|emoji|-.*|inherit|initial)$/i;
  const SAMPLE = 'mmmmmmmmmmlliWwqQ@0189';
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas') as HTMLCanvasElement;
  const context = canvas.getContext('2d');
  const width = (fonts: string) => {
    if (context) context.font = `72px ${fonts}`;
    return context?.measureText(SAMPLE).width;
  };
  const firstOf = (family: string) =>
    (/^\s*("[^"]*"|'[^']*'|[^,]*)/.exec(family)?.[1] ?? '').trim().replaceAll(/^["']|["']$/g, '');
  const texts = [...document.querySelectorAll('text, tspan, textPath, div, span, p')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  );
  // What nobody chose.
  const usual = firstOf(getComputedStyle(document.documentElement).fontFamily);
  const families = new Set(texts.map((element) => firstOf(getComputedStyle(element).fontFamily)));
  return [...families].filter(
    (name) =>
      name !== usual &&
      name !== '' &&
      !GENERIC.test(name) &&
      ['monospace', 'serif'].every((other) => width(`${JSON.stringify(name)}, ${other}`) === width(other)),
  );
}
