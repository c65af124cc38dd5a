import { describe, expect, it } from 'vitest';
import { describeToneOrder, type Toned, toneOrder } from '../../../renderer/evaluation/tone-order.ts';

/** One pair a portrait, from its lightness to the result's. */
const pairs = (style: string, coloured: boolean, tones: [number, number][]): Toned[] =>
  tones.map(([portrait, result]) => ({
    folder: 'oils',
    style,
    coloured,
    faceLightness: { portrait, result },
  }));

const kept = pairs('kept.jpg', true, [
  [30, 40],
  [50, 45],
  [70, 90],
  [60, 60],
]);
const turned = pairs('turned.jpg', true, [
  [30, 90],
  [50, 60],
  [70, 40],
]);
const drawn = pairs('drawn.jpg', false, [
  [30, 60],
  [50, 50],
  [70, 90],
]);

describe('tone order', () => {
  it('is Spearman’s correlation by style', () => {
    const { byStyle } = toneOrder([...kept, ...turned, ...drawn]);
    expect(byStyle).toEqual({ 'oils/kept.jpg': 1, 'oils/turned.jpg': -1, 'oils/drawn.jpg': 0.5 });
  });

  it('is summed up over references with coloured skin', () => {
    expect(toneOrder([...kept, ...turned, ...drawn]).coloured).toEqual({ count: 2, minimum: -1, mean: 0 });
    expect(toneOrder(drawn).coloured).toBeNull();
  });

  it('of two portraits says nothing', () => {
    const order = toneOrder(kept.slice(0, 2));
    expect(order).toEqual({ byStyle: {}, coloured: null });
    expect(describeToneOrder(order)).toEqual([]);
  });

  it('tells styles of one name in different folders apart', () => {
    const elsewhere = turned.map((pair) => ({ ...pair, folder: 'pastels', style: 'kept.jpg' }));
    expect(toneOrder([...kept, ...elsewhere]).byStyle).toEqual({
      'oils/kept.jpg': 1,
      'pastels/kept.jpg': -1,
    });
  });
});
