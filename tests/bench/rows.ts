/** Prints rows of cells, each column as wide as `widths` says, or wider where a cell is. */
export function printRows(rows: readonly (readonly string[])[], widths: readonly number[]): void {
  for (const cells of rows)
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(" ")
        .trimEnd(),
    );
}
