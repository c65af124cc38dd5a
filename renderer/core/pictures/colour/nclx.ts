/** The colour that an AVIF names without a profile: the nclx box of its primary item (ISO/IEC 14496-12 and 23008-12). */

/** Code points of ITU-T H.273: colour primaries, transfer characteristics, and whether values reach from 0 to the top. */
export interface Cicp {
  readonly primaries: number;
  readonly transfer: number;
  readonly isFullRange: boolean;
}

interface Box {
  readonly type: string;
  /** The body. */
  readonly view: DataView;
}

export function nclxOf(bytes: Uint8Array): Cicp | null {
  const top = boxesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const meta = bodyOf(top, 'meta');
  const parts = meta ? boxesOf(skip(meta, 4)) : [];
  const properties = boxesOf(bodyOf(parts, 'iprp'));
  const all = boxesOf(bodyOf(properties, 'ipco'));
  const own = propertiesOf(bodyOf(properties, 'ipma'), primaryItem(bodyOf(parts, 'pitm')));
  // A grid may leave the colour to its tiles.
  const colour = own.map((index) => all[index - 1]).find(isNclx) ?? all.find(isNclx);
  if (!colour) return null;
  const [primaries, transfer] = [colour.view.getUint16(4), colour.view.getUint16(6)];
  return { primaries, transfer, isFullRange: colour.view.byteLength > 10 && colour.view.getUint8(10) > 127 };
}

const isNclx = (box: Box | undefined): box is Box =>
  box?.type === 'colr' && box.view.byteLength >= 10 && textAt(box.view, 0) === 'nclx';

const bodyOf = (boxes: readonly Box[], type: string) => boxes.find((box) => box.type === type)?.view;

const textAt = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

const skip = (view: DataView, bytes: number) =>
  new DataView(view.buffer, view.byteOffset + bytes, Math.max(0, view.byteLength - bytes));

/** The boxes in a body; what does not fit into it ends the list. */
function boxesOf(view: DataView | undefined): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; view && at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at) || view.byteLength - at;
    if (length < 8 || at + length > view.byteLength) break;
    const body = new DataView(view.buffer, view.byteOffset + at + 8, length - 8);
    boxes.push({ type: textAt(view, at + 4), view: body });
    at += length;
  }
  return boxes;
}

function primaryItem(view: DataView | undefined): number | null {
  if (!view || view.byteLength < 6) return null;
  return view.getUint8(0) === 0 || view.byteLength < 8 ? view.getUint16(4) : view.getUint32(4);
}

/** Numbers, from 1, of the properties of an item. */
function propertiesOf(view: DataView | undefined, item: number | null): number[] {
  if (!view || item === null) return [];
  const isWide = view.getUint8(0) > 0;
  const isLong = (view.getUint8(3) & 1) === 1;
  try {
    let at = 8;
    for (let entry = view.getUint32(4); entry > 0; entry--) {
      const id = isWide ? view.getUint32(at) : view.getUint16(at);
      at += isWide ? 4 : 2;
      const count = view.getUint8(at++);
      const read = (i: number) =>
        isLong ? view.getUint16(at + 2 * i) & 0x7fff : view.getUint8(at + i) & 0x7f;
      if (id === item) return Array.from({ length: count }, (_, i) => read(i));
      at += count * (isLong ? 2 : 1);
    }
  } catch (error) {
    // A list that ends too early names nothing more.
    if (!(error instanceof RangeError)) throw error;
  }
  return [];
}
