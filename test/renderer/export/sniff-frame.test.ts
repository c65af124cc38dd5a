import { expect, it } from 'vitest';
import { isFrame } from '../../../renderer/export/sniff-frame.ts';

const sniff = (text: string) => isFrame(new TextEncoder().encode(text));

it.each([
  '<svg/>',
  '\uFEFF<?xml version="1.0"?><!-- a --> <!----><svg width="1">',
  '<!-- Generator -->\n<!DOCTYPE svg PUBLIC "x"><svg>',
])('is a frame: %j', (text) => expect(sniff(text)).toBe(true));

it.each(['', 'hello', '<svgx>', '<html><svg/>', '<!-- unended <svg>', `${'<!---->'.repeat(27)}x`, '\x89PNG'])(
  'is none: %j',
  (text) => expect(sniff(text)).toBe(false),
);
