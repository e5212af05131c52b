// Byte counts for people, in decimal units as file managers show them. Pure.

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** 376637898 in English: "377 MB"; one decimal from a gigabyte up. */
export function formatBytes(byteCount: number, language: string): string {
  const magnitude = byteCount <= 0 ? 0 : Math.floor(Math.log10(byteCount) / 3);
  const exponent = Math.min(units.length - 1, magnitude);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[exponent] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: exponent >= 3 ? 1 : 0,
  }).format(byteCount / 1000 ** exponent);
}
