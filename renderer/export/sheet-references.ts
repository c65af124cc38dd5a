/** What the sheets of a frame let its elements refer to. */
import type { Document, Element } from '@xmldom/xmldom';
import { type CssNode, generate, parse, walk } from 'css-tree';
import { checkCss } from './check-css.ts';

/** The part of a selector that an element has to fulfil itself; what stands before it is taken as given. */
interface Compound {
  readonly type: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
}

interface Rule {
  readonly compounds: readonly Compound[];
  readonly ids: readonly string[];
}

export interface SheetReferences {
  /** Rules that refer to anything. */
  readonly rules: number;
  /** The ids that they name for an element, at least. */
  idsFor(element: Element): readonly string[];
}

export function sheetReferences(document: Document): SheetReferences {
  const sheets = Array.from(document.getElementsByTagName('style'), (style) => style.textContent ?? '');
  const rules = sheets.flatMap(rulesOf);
  return {
    rules: rules.length,
    idsFor: (element) =>
      rules.flatMap(({ compounds, ids }) => (compounds.some((one) => matches(element, one)) ? ids : [])),
  };
}

function rulesOf(sheet: string): Rule[] {
  const rules: Rule[] = [];
  walk(parse(sheet, { parseValue: false }), {
    visit: 'Rule',
    enter({ prelude, block }) {
      const { ids } = checkCss(generate(block));
      if (ids.length > 0) rules.push({ compounds: compoundsOf(prelude), ids });
    },
  });
  return rules;
}

/** One for each selector of a list; of what is not understood one that everything fulfils. */
function compoundsOf(prelude: CssNode): Compound[] {
  if (prelude.type !== 'SelectorList') return [EVERYTHING];
  return prelude.children.toArray().map((selector) => {
    if (selector.type !== 'Selector') return EVERYTHING;
    const parts = selector.children.toArray();
    const own = parts.slice(parts.findLastIndex(({ type }) => type === 'Combinator') + 1);
    const named = (type: string) =>
      own.flatMap((part) => (part.type === type && 'name' in part ? [part.name as string] : []));
    const [type = '*'] = named('TypeSelector');
    const [id = null] = named('IdSelector');
    return { type: type === '*' ? null : type, id, classes: named('ClassSelector') };
  });
}

const EVERYTHING: Compound = { type: null, id: null, classes: [] };

function matches(element: Element, { type, id, classes }: Compound): boolean {
  if (type !== null && element.localName !== type) return false;
  if (id !== null && element.getAttribute('id') !== id) return false;
  const own = (element.getAttribute('class') ?? '').split(/\s+/);
  return classes.every((name) => own.includes(name));
}
