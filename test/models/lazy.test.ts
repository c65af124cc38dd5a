import { expect, it, vi } from 'vitest';
import { lazy } from '../../models/lazy.ts';

it('makes nothing before it is asked, and one value however often it is asked', () => {
  const make = vi.fn(() => ({}));
  const get = lazy(make);
  expect(get.made).toBeUndefined();
  expect(make).not.toHaveBeenCalled();
  expect(get()).toBe(get());
  expect(get.made).toBe(get());
  expect(make).toHaveBeenCalledTimes(1);
});

it('keeps undefined, too', () => {
  const make = vi.fn(() => undefined);
  const get = lazy(make);
  expect([get(), get()]).toEqual([undefined, undefined]);
  expect(make).toHaveBeenCalledTimes(1);
});

it('tries again after an error', () => {
  const make = vi.fn<() => number>().mockImplementationOnce(() => {
    throw new Error('not yet');
  });
  make.mockReturnValue(7);
  const get = lazy(make);
  expect(get).toThrow('not yet');
  expect(get()).toBe(7);
});

it('shares a promise among all who wait, and tries again after one that was rejected', async () => {
  const make = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new Error('not yet'));
  make.mockResolvedValue(7);
  const get = lazy(make);
  const [first, second] = [get(), get()];
  expect(first).toBe(second);
  await expect(first).rejects.toThrow('not yet');
  await expect(get()).resolves.toBe(7);
  await expect(get()).resolves.toBe(7);
  expect(make).toHaveBeenCalledTimes(2);
});
