import { describe, expect, it } from 'vitest';
import { parseFrame } from '../../../renderer/export/check-svg.ts';
import { readFrame } from '../../../renderer/export/frame.ts';
import { svg, teamFrame } from './frames.ts';

const check = (body: string) => parseFrame(svg(10, 10, body), 'frame.svg');

describe('what a frame may not have', () => {
  it.each([
    ['<script>alert(1)</script>', '<script>'],
    ['<rect onclick="x()"/>', 'the handler onclick'],
    ['<image href="https://evil.example/a.png"/>', 'the reference https://evil.example/a.png'],
    ['<image xlink:href="file:///etc/passwd"/>', 'the reference file:///etc/passwd'],
    ['<image href="../a.png"/>', 'the reference ../a.png'],
    ['<image href="//evil.example/a.png"/>', 'the reference //evil.example/a.png'],
    ['<use href="other.svg#a"/>', 'the reference other.svg#a'],
    ['<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', 'the reference data:image/svg+xml'],
    ['<a href="javascript:alert(1)"><rect/></a>', 'the reference javascript:alert(1)'],
    ['<rect fill="url(https://evil.example/p.svg#p)"/>', 'the reference https://evil.example/p.svg#p'],
    ['<rect style="fill:url(\'https://evil.example/x\')"/>', 'the reference https://evil.example/x'],
    ['<style>@import "https://evil.example/a.css";</style>', 'an import in a style'],
    [
      '<style>@font-face{font-family:a;src:url(https://evil.example/f.woff)}</style>',
      'https://evil.example/f.woff',
    ],
    ['<style>rect{fill:u\\72l(https://evil.example/x)}</style>', 'an escape in a style'],
    ['<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>', '<iframe>'],
    [
      '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/a.png"/></foreignObject>',
      '<img>',
    ],
    ['<set attributeName="href" to="https://evil.example"/>', 'an animation of href'],
    ['<?xml-stylesheet href="https://evil.example/a.css"?>', 'the instruction <?xml-stylesheet?>'],
  ])('%s is refused and named', (body, named) => {
    expect(() => check(body)).toThrow(
      expect.objectContaining({ code: 'UNSAFE_SVG', message: expect.stringContaining(named) }),
    );
  });

  it('entities, which could hold anything or grow without end', () => {
    const bomb =
      '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(() => parseFrame(bomb, 'x')).toThrow(/a document type/);
  });

  it.each([
    '',
    'hello',
    '<svg',
    '<html xmlns="http://www.w3.org/1999/xhtml"/>',
    '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
  ])('BAD_SVG: %j', (text) =>
    expect(() => parseFrame(text, 'x')).toThrow(expect.objectContaining({ code: 'BAD_SVG' })),
  );

  it('BAD_SVG without a size', () => {
    expect(() => readFrame('<svg xmlns="http://www.w3.org/2000/svg"/>', 'x')).toThrow(/how large/);
  });
});

describe('what a frame may have', () => {
  it('what Figma exports: patterns, masks, gradients, embedded pictures, blurs in foreignObject', async () => {
    expect(() => readFrame('', 'x')).toThrow();
    await expect(teamFrame().then((text) => readFrame(text, 'x'))).resolves.toMatchObject({
      width: 240,
      height: 200,
    });
    expect(() =>
      check(
        '<foreignObject x="0" y="0" width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml" style="backdrop-filter:blur(2px);clip-path:url(#a);height:100%"/></foreignObject>',
      ),
    ).not.toThrow();
    expect(() =>
      check('<style>@font-face{font-family:a;src:url(data:font/woff2;base64,AAAA)}</style>'),
    ).not.toThrow();
  });
});
