/** Numbers for a network: float32 only, row-major, e.g. `dims` [1, 3, h, w] for a picture. */
export interface TensorData {
  readonly dims: readonly number[];
  /** length = product of `dims` */
  readonly data: Float32Array;
}

/** A network's inputs or outputs by name. */
export type Tensors = Readonly<Record<string, TensorData>>;
