// What the file system's error numbers mean to a person. Main process.
import path from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/** The `code` of a Node file system error, or undefined. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A failed write as an error of ours: disk full or not writable. Errors of ours pass through. */
export function writeErrorOf(error: unknown, filePath: string): unknown {
  if (error instanceof HeirloomError) return error;
  switch (systemCodeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new HeirloomError('output.disk-full', { path: filePath }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ENAMETOOLONG':
    case 'EIO':
      return new HeirloomError('output.not-writable', { path: filePath }, { cause: error });
    default:
      return error;
  }
}

/** A failed read as an error of ours: not there or not readable. Errors of ours pass through. */
export function readErrorOf(error: unknown, filePath: string): unknown {
  if (error instanceof HeirloomError) return error;
  const fileName = path.basename(filePath);
  switch (systemCodeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new HeirloomError('file.not-found', { fileName }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
    case 'EIO':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new HeirloomError('file.unreadable', { fileName }, { cause: error });
    default:
      return error;
  }
}
