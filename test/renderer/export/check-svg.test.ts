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
    ['<style>rect{fill:u\\72l(https://evil.example/x)}</style>', 'a broken address in a style'],
    ['<style>rect{fill:u\\72l("https://evil.example/x")}</style>', 'the reference https://evil.example/x'],
    ['<style>@\\69mport "https://evil.example/a.css";</style>', 'an import in a style'],
    ['<style>@im/**/port "a";@counter-style x{}</style>', 'the rule @im in a style'],
    ['<rect style="background:image-set(\'https://evil.example/a\' 1x)"/>', 'image-set() in a style'],
    ['<rect style="background:url(/**/\'https://evil.example/a\')"/>', 'a broken address in a style'],
    [
      '<image xmlns:q="http://www.w3.org/1999/xlink" q:href="https://evil.example/a.png"/>',
      'the reference https://evil.example/a.png',
    ],
    ['<g xml:base="https://evil.example/"/>', 'the reference https://evil.example/'],
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

  it.each(['1e12', '1e400', '0.2', '-5'])('BAD_SVG of %s px', (length) => {
    const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${length} 10"/>`;
    expect(() => readFrame(text, 'x')).toThrow(expect.objectContaining({ code: 'BAD_SVG' }));
  });
});

describe('a frame that asks for more than can be drawn', () => {
  const refused = (body: string, why: RegExp) =>
    expect(() => check(body)).toThrow(
      expect.objectContaining({ code: 'BAD_SVG', message: expect.stringMatching(why) }),
    );
  const chain = (links: number, link: (i: number) => string) =>
    Array.from({ length: links }, (_, i) => link(i)).join('');

  it('elements within each other, and one after another', () => {
    refused('<g>'.repeat(6000) + '</g>'.repeat(6000), /within each other/);
    refused('<g/>'.repeat(200_000), /elements/);
    expect(() => check('<g>'.repeat(150) + '</g>'.repeat(150))).not.toThrow();
  });

  it('uses of uses: 20 levels of 10 each', () => {
    const uses = (i: number) => `<use href="#g${i}"/>`.repeat(10);
    refused(
      `<g id="g0"><rect/></g>${chain(20, (i) => `<g id="g${i + 1}">${uses(i)}</g>`)}`,
      /more than \d+ elements/,
    );
  });

  it('the same through patterns, masks and styles, and whatever the prefix', () => {
    const painted = (i: number) => `<rect fill="url(#p${i})"/><rect style="mask:url('#p${i}')"/>`.repeat(5);
    refused(
      `<pattern id="p0"><rect/></pattern>${chain(20, (i) => `<pattern id="p${i + 1}">${painted(i)}</pattern>`)}`,
      /more than/,
    );
    refused('<style>.a{fill:url(#p)}</style><pattern id="p"><rect class="a"/></pattern>', /style sheet/);
  });

  it('itself', () => {
    refused('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', /itself/);
  });
});

describe('what is neither drawn nor harmful', () => {
  it('is dropped: what other programs note down, and marks like ours', () => {
    const { document } = readFrame(
      svg(9, 9, '<x:view xmlns:x="http://inkscape.example/"></x:view><rect data-limner-picture="0"/>'),
      'x',
    );
    const left = Array.from(document.getElementsByTagName('*'), (element) => [
      element.localName,
      element.hasAttribute('data-limner-picture'),
    ]);
    expect(left).toEqual([
      ['svg', false],
      ['rect', false],
    ]);
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
