// What every benchmark prints: one JSON object a line, for people and for scripts.

export interface BenchRow {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The bound the value is held against; null for a number that is only shown. */
  readonly target: number | null;
  /** Whether the target was met; null without a target. */
  readonly pass: boolean | null;
}

/** Prints the row, numbers rounded to four significant digits. */
export function reportRow(row: BenchRow): void {
  console.log(JSON.stringify({ ...row, value: Number(row.value.toPrecision(4)) }));
}

/** A row whose value passes when it is not above `target`. */
export function rowAtMost(
  bench: string,
  metric: string,
  value: number,
  unit: string,
  target: number,
): BenchRow {
  return { bench, metric, value, unit, target, pass: value <= target };
}

/** A row that is only shown. */
export function rowShown(bench: string, metric: string, value: number, unit: string): BenchRow {
  return { bench, metric, value, unit, target: null, pass: null };
}
