/**
 * Styles of a frame, token by token as CSS Syntax Level 3 has them, so that no escape, comment or quote hides anything and
 * time is linear: https://www.w3.org/TR/css-syntax-3/#tokenization
 */
import { ident, string, tokenize, tokenTypes, url } from 'css-tree';
import { readPictureData } from './picture-data.ts';

export interface CheckedCss {
  /** What cannot be allowed, in words for a message. */
  readonly problems: readonly string[];
  /** The ids that it refers to within the file. */
  readonly ids: readonly string[];
  /** Addresses that are pictures themselves. */
  readonly pictures: readonly string[];
}

/** The only rules that a sheet may have: none of them reads another file by itself. */
const AT_RULES = new Set(
  'charset container font-face keyframes -webkit-keyframes layer media page property supports'.split(' '),
);
/** Functions whose strings are addresses, or that make addresses out of other things. */
const ADDRESSING = new Set(
  'image image-set -webkit-image-set cross-fade -webkit-cross-fade element expression paint attr'.split(' '),
);
const FONT_DATA = /^data:(font\/|application\/(x-)?font)[\w.+-]*;base64,[A-Za-z0-9+/=\s]*$/;

/** Whether an address lies within the file: an id, or a picture in the address itself. */
export const isInside = (address: string): boolean =>
  address.startsWith('#') || readPictureData(address) !== null;

/** @param css a sheet, or, where no rule begins, the declarations of an attribute or one value */
export function checkCss(css: string, { isSheet = false } = {}): CheckedCss {
  const problems: string[] = [];
  const ids: string[] = [];
  const pictures: string[] = [];
  const refer = (address: string) => {
    if (address.startsWith('#')) ids.push(address.slice(1));
    else if (isInside(address)) pictures.push(address);
    else if (!FONT_DATA.test(address)) problems.push(`the reference ${shorten(address)}`);
  };
  let isAddressNext = false;
  tokenize(css, (type, start, end) => {
    if (type === tokenTypes.WhiteSpace || type === tokenTypes.Comment) return;
    const text = css.slice(start, end);
    if (isAddressNext && type !== tokenTypes.String) problems.push('a broken address in a style');
    else if (isAddressNext) refer(string.decode(text).trim());
    isAddressNext = false;
    if (type === tokenTypes.Url) refer(url.decode(text).trim());
    if (type === tokenTypes.BadUrl || type === tokenTypes.BadString)
      problems.push('a broken address in a style');
    if (isSheet && type === tokenTypes.AtKeyword) problems.push(...problemsOfRule(nameOf(text.slice(1))));
    if (type !== tokenTypes.Function) return;
    const name = nameOf(text.slice(0, -1));
    isAddressNext = name === 'url' || name === 'src';
    if (ADDRESSING.has(name)) problems.push(`${name}() in a style`);
  });
  return { problems, ids, pictures };
}

const nameOf = (text: string) => ident.decode(text).toLowerCase();

function problemsOfRule(name: string): string[] {
  if (AT_RULES.has(name)) return [];
  return [
    name === 'import' || name === 'namespace' ? 'an import in a style' : `the rule @${name} in a style`,
  ];
}

export const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text);
