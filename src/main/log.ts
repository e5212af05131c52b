// What the studio says to a developer: lines on stderr. Main process. Never shown to a person, never a file's content.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, message: string) => void;

/** Warnings and errors; everything when HEIRLOOM_LOG is `debug`. */
export function createLog(environment: Readonly<Record<string, string | undefined>> = process.env): Log {
  const saysAll = environment['HEIRLOOM_LOG'] === 'debug';
  return (level, message) => {
    if (!saysAll && (level === 'debug' || level === 'info')) return;
    process.stderr.write(`heirloom ${level}: ${message}\n`);
  };
}
