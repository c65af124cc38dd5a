/** Numbers for a network: float32 only, row-major, e.g. `dims` [1, 3, h, w] for a picture. */
export interface TensorData {
  readonly dims: readonly number[];
  /** length = product of `dims` */
  readonly data: Float32Array;
}

export type Tensors = Readonly<Record<string, TensorData>>;
