import { expect, it } from 'vitest';
import { decodeXml } from '../../../renderer/export/decode-xml.ts';

const text = '<svg id="Zoë 寿"/>';

it.each<[string, Buffer]>([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, high byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('%s', (_, bytes) => expect(decodeXml(bytes)).toBe(text));

it.each([
  ['ISO-8859-1', 'Zoë'],
  ['windows-1252', 'Zoë'],
  ['utf-16', 'Zo\ufffd'],
  ['no-such', 'Zo\ufffd'],
])('what %s declares', (encoding, name) => {
  const latin = Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><svg id="Zoë"/>`, 'latin1');
  expect(decodeXml(latin)).toContain(`id="${name}"`);
});
