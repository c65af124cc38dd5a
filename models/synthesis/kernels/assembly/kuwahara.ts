/** The generalised Kuwahara filter of one plane; see ../kernels.ts. */

/**
 * @param source plane with a border of `radius` on every side
 * @param weights (2·radius + 1)² × 8 weights of the eight sectors, each sector summing to 1
 * @param threshold standard deviation at which a sector's weight has fallen to a half
 */
export function kuwahara(
  source: usize,
  out: usize,
  width: i32,
  height: i32,
  radius: i32,
  weights: usize,
  threshold: f32,
): void {
  const stride = width + 2 * radius;
  const edge = 2 * radius + 1;
  const one = f32x4.splat(1);
  const scale = f32x4.splat(<f32>1 / (threshold * threshold));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let meanA = f32x4.splat(0);
      let meanB = f32x4.splat(0);
      let squareA = f32x4.splat(0);
      let squareB = f32x4.splat(0);
      let w = weights;
      for (let j = 0; j < edge; j++) {
        let p = source + (<usize>((y + j) * stride + x) << 2);
        for (let i = 0; i < edge; i++) {
          const value = v128.load32_splat(p);
          const a = f32x4.mul(v128.load(w), value);
          const b = f32x4.mul(v128.load(w, 16), value);
          meanA = f32x4.add(meanA, a);
          meanB = f32x4.add(meanB, b);
          squareA = f32x4.add(squareA, f32x4.mul(a, value));
          squareB = f32x4.add(squareB, f32x4.mul(b, value));
          p += 4;
          w += 32;
        }
      }
      const weightA = weigh(meanA, squareA, scale, one);
      const weightB = weigh(meanB, squareB, scale, one);
      const total = f32x4.add(weightA, weightB);
      const mean = f32x4.add(f32x4.mul(weightA, meanA), f32x4.mul(weightB, meanB));
      store<f32>(out + (<usize>(y * width + x) << 2), lanes(mean) / lanes(total));
    }
  }
}

/** 1 / (1 + (variance / threshold²)⁴): sharpness 8 of Kyprianidis et al. 2009. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function weigh(mean: v128, square: v128, scale: v128, one: v128): v128 {
  const variance = f32x4.max(f32x4.splat(0), f32x4.sub(square, f32x4.mul(mean, mean)));
  const ratio = f32x4.mul(variance, scale);
  const squared = f32x4.mul(ratio, ratio);
  return f32x4.div(one, f32x4.add(one, f32x4.mul(squared, squared)));
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function lanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)
  );
}
