import { describe, expect, it } from 'vitest';
import { parseFrame } from '../../../renderer/export/check-svg.ts';
import { embeddedPictures, readFrame } from '../../../renderer/export/frame.ts';
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

  it('a document type, but one that has no rules of its own', () => {
    const body = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    const named =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"';
    expect(() => parseFrame(`<?xml version="1.0"?>\n${named}>\n${body}`, 'x')).not.toThrow();
    expect(() => parseFrame(`<!DOCTYPE svg>${body}`, 'x')).not.toThrow();
    for (const type of [
      `${named} [<!ENTITY a "b">]>`,
      `${named}><!DOCTYPE svg>`,
      '<!DOCTYPE svg SYSTEM "/etc/passwd">',
    ])
      expect(() => parseFrame(`${type}${body}`, 'x')).toThrow(/a document type/);
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
    refused('<style>.a{fill:url(#p)}</style><pattern id="p"><rect class="a"/></pattern>', /refers to itself/);
    refused('<style>g > rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern>', /refers to itself/);
    const steps = Array.from({ length: 20 }, (_, i) => `.c${i}{fill:url(#p${i})}`).join('');
    const patterns = Array.from(
      { length: 20 },
      (_, i) => `<pattern id="p${i}">${`<rect class="c${i + 1}"/>`.repeat(4)}</pattern>`,
    ).join('');
    refused(`<style>${steps}</style>${patterns}<rect class="c0"/>`, /more than 100000 elements/);
    const rules = Array.from({ length: 501 }, (_, i) => `.r${i}{fill:url(#p)}`).join('');
    refused(`<style>${rules}</style><pattern id="p"/>`, /more than 500 rules/);
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

describe('names are names', () => {
  it.each([
    '<rect id="expression(1)"/>',
    '<rect id="a\\\\b (url)"/>',
    '<rect id="image-set(x)"/>',
    '<rect id="@import url(https://evil.example)"/>',
    '<rect data-name="url(https://evil.example/x)"/>',
    '<rect aria-label="javascript:alert(1)"/>',
    '<g id="onload" data-onclick="x()"><text>url(https://evil.example) @import</text></g>',
    '<g xmlns:i="http://inkscape.example/" i:label="url(https://evil.example/x)" i:onload="x()" i:href="../a"/>',
    '<g xlink:title="me@import (url)" name="team@media" label="url(https://evil.example)"/>',
    '<text font-family="@SimSun">文</text>',
    '<rect style="font-family:@MS Gothic"/>',
    '<style>@charset "utf-8";@layer base{rect{fill:red}}</style>',
  ])('%s', (body) => expect(() => check(body)).not.toThrow());

  it.each([
    ['<rect id="Card" fill="url(https://evil.example/x)"/>', 'in fill of <rect id="Card">'],
    ['<image id="Photo" href="../a.png"/>', 'in href of <image id="Photo">'],
    ['<rect id="Box" onclick="x()"/>', 'onclick of <rect id="Box">'],
    ['<rect style="fill:image-set(&quot;a&quot;)"/>', 'in style of <rect>'],
  ])('%s: the message names attribute and element', (body, words) => {
    expect(() => check(body)).toThrow(words);
  });
});

describe('pictures in addresses', () => {
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const pictures = (address: string) =>
    embeddedPictures(readFrame(svg(9, 9, `<image href="${address}"/>`), 'x'));

  it.each([
    `data:image/png;base64,${png}`,
    `data:image/png;charset=utf-8;base64,${png}`,
    `data:img/png;base64,${png}`,
    `DATA:IMAGE/PNG;BASE64,${png}`,
    `data:image/x-png;base64,${png}`,
    `data:image/jpg;base64,${png}`,
    `data:;base64,${png}`,
    `data:application/octet-stream;base64,${png}`,
    ` data:image/png; base64,${png.slice(0, 40)}\n   ${png.slice(40)} `,
    `data:image/png;base64,${png.replaceAll('=', '%3D').replaceAll('+', '%2B')}`,
    `data:image/png,${Buffer.from(png, 'base64')
      .toString('latin1')
      .replaceAll(/[\s\S]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}`,
  ])('%s is one', (address) => {
    const [picture] = pictures(address);
    expect(Buffer.from(picture.bytes).toString('base64')).toBe(png);
    expect(picture.element.getAttribute('href')).toBe(`data:image/png;base64,${png}`);
  });

  it.each([
    'data:image/svg+xml;base64,PHN2Zy8+',
    'data:image/png;base64,PHN2Zy8+',
    'data:text/html;base64,PGh0bWw+',
    `data:text/html;base64,${png}`,
    'data:image/png;base64',
  ])('%s is none', (address) => expect(() => pictures(address)).toThrow(/UNSAFE_SVG|not allowed/));
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
