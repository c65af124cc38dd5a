import { describe, expect, it } from 'vitest';
import { createPicture } from '../../../models/image/picture.ts';
import { facePictures } from '../../../ui/preview/sitters.ts';

/** Every pixel tells where it is. */
function reference(width: number, height: number) {
  const picture = createPicture(width, height);
  for (let i = 0; i < width * height; i++) {
    picture.data.set([i % width, Math.floor(i / width), 0, 255], 4 * i);
  }
  return picture;
}

const face = (x: number, y: number, width: number, height = width) => ({ x, y, width, height });

describe('the faces of a reference', () => {
  it('are no choice where there is one', () => {
    expect(facePictures(reference(200, 200), [face(50, 50, 60)])).toEqual([]);
  });

  it('are small squares around each, whatever its size, inside the picture', () => {
    const large = face(20, 60, 90, 110);
    const small = face(188, 10, 12);
    const [first, second] = facePictures(reference(200, 200), [large, small]);
    expect([first.width, first.height]).toEqual([72, 72]);
    expect([second.width, second.height]).toEqual([20, 20]);
    const [left, top] = second.data;
    expect(left).toBeLessThanOrEqual(180);
    expect(left + second.width).toBeLessThanOrEqual(200);
    expect(top).toBeLessThan(10);
    expect(top + second.height).toBeGreaterThan(10 + 12);
    const middle = first.data.subarray(4 * (36 * 72 + 36));
    expect(Math.abs(middle[0] - 93)).toBeLessThan(12);
    expect(Math.abs(middle[1] - 100)).toBeLessThan(12);
  });

  it('fit a picture that is smaller than their surroundings', () => {
    const [first] = facePictures(reference(100, 60), [face(10, 5, 50), face(60, 5, 30)]);
    expect([first.width, first.height]).toEqual([60, 60]);
  });
});
