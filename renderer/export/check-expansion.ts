/**
 * What a frame becomes when it is drawn: every `<use>`, pattern, mask, marker, clip path and filter stands for all that it
 * refers to, so that a short file can ask for more than any machine has. It is counted before a browser sees it.
 */
import type { Document, Element } from '@xmldom/xmldom';
import { LimnerError } from '../../models/errors.ts';
import { checkCss } from './check-css.ts';

/** Elements drawn, everything referred to counted wherever it is referred to. */
const MOST_DRAWN = 100_000;
/** Elements and references within each other. */
const MOST_LEVELS = 1000;
/** What a sheet may refer to for any number of elements: nothing in them is drawn. */
const PAINTS = new Set(['linearGradient', 'radialGradient', 'filter']);

/** @throws BAD_SVG */
export function checkExpansion(document: Document, name: string): void {
  const refuse = (what: string): never => {
    throw new LimnerError('BAD_SVG', `${name} ${what}.`);
  };
  const elements = Array.from(document.getElementsByTagName('*'));
  const byId = new Map(
    elements.flatMap((element) => (element.hasAttribute('id') ? [[idOf(element), element]] : [])),
  );
  const drawn = new Map<Element, number | 'counting'>();

  function count(element: Element, level: number): number {
    const known = drawn.get(element);
    if (known === 'counting') return refuse('refers to itself');
    if (known !== undefined) return known;
    if (level > MOST_LEVELS) refuse('has references within references without end');
    drawn.set(element, 'counting');
    let sum = 1;
    const parts = [...childrenOf(element), ...targetsOf(element, byId)];
    for (const part of parts) sum += count(part, level + 1);
    if (sum > MOST_DRAWN) refuse(`asks for more than ${MOST_DRAWN} elements to be drawn`);
    drawn.set(element, sum);
    return sum;
  }

  for (const sheet of elements.filter(({ localName }) => localName === 'style'))
    for (const id of checkCss(sheet.textContent ?? '').ids)
      if (byId.has(id) && !PAINTS.has(byId.get(id)!.localName ?? ''))
        refuse(`has a style sheet that draws #${id}; name it in attributes instead`);
  count(document.documentElement!, 0);
}

const idOf = (element: Element) => element.getAttribute('id') ?? '';

const childrenOf = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);

/** The elements that an element refers to, as often as it does. */
function targetsOf(element: Element, byId: ReadonlyMap<string, Element>): Element[] {
  return Array.from(element.attributes).flatMap(({ localName, value }) => {
    const ids =
      localName === 'href' ? [value.trim().slice(1)] : value.includes('(') ? checkCss(value).ids : [];
    return ids.flatMap((id) => byId.get(decodeId(id)) ?? byId.get(id) ?? []);
  });
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
