import { expect, test } from 'vitest';
import { Sampler } from '../../../models/face/sampler.ts';
import { fromSquare, squareAround } from '../../../models/face/square.ts';
import { createPicture } from '../../../models/image/picture.ts';

const AS_IS = { scale: 1, offset: 0 };

/** Red is x, green is y. */
function ramp(width: number, height: number) {
  const picture = createPicture(width, height);
  for (let i = 0; i < width * height; i++)
    picture.data.set([i % width, Math.floor(i / width), 7, 255], 4 * i);
  return picture;
}

test('every sample lies where the square says', () => {
  const square = { x: 60, y: 50, size: 40, angle: 0.4 };
  const { data, dims } = new Sampler(ramp(120, 100)).sample(square, 40, AS_IS, 'edge');
  expect(dims).toEqual([1, 3, 40, 40]);
  for (const [column, row] of [
    [0, 0],
    [39, 0],
    [13, 31],
  ]) {
    const [x, y] = fromSquare(square, (column + 0.5) / 40, (row + 0.5) / 40);
    expect(data[row * 40 + column]).toBeCloseTo(x - 0.5, 3);
    expect(data[1600 + row * 40 + column]).toBeCloseTo(y - 0.5, 3);
  }
});

test('shrinking averages: fine stripes become grey', () => {
  const stripes = createPicture(256, 256);
  for (let i = 0; i < stripes.data.length; i++) stripes.data[i] = i % 4 === 3 || (i >> 2) % 2 === 0 ? 255 : 0;
  const { data } = new Sampler(stripes).sample(squareAround(256, 256), 32, AS_IS, 'edge');
  for (const value of data) expect(Math.abs(value - 128)).toBeLessThan(2);
});

test('outside is black, or the edge again', () => {
  const sampler = new Sampler(ramp(100, 50));
  const square = squareAround(100, 50);
  const range = { scale: 1 / 127.5, offset: -1 };
  expect(sampler.sample(square, 20, range, 'black').data[0]).toBe(-1);
  expect(sampler.sample(square, 20, AS_IS, 'edge').data[800]).toBeCloseTo(7);
});

test('a stretched rectangle covers exactly the rectangle', () => {
  const { data } = new Sampler(ramp(100, 50)).stretch({ x: 20, y: 10, width: 40, height: 20 }, 40, 40, AS_IS);
  expect(data[0]).toBeCloseTo(20);
  expect(data[39]).toBeCloseTo(59);
  expect(data[1600 + 39 * 40]).toBeCloseTo(29.25);
});

test('transparent pixels count as mid-grey', () => {
  const { data } = new Sampler(createPicture(64, 64)).sample(squareAround(64, 64), 16, AS_IS, 'edge');
  expect(data[100]).toBeCloseTo(128);
});
