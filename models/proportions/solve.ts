/** Solves `matrix` · x = `right` for a square matrix by elimination with the largest pivot of each column. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const share = rows[i][k] / rows[k][k];
      for (let c = k; c <= size; c++) rows[i][c] -= share * rows[k][c];
    }
  }
  return rows.map((row, i) => row[size] / row[i]);
}
