/** What went wrong with the folder or with one of its files, in words. */
import { StoppedError } from '#lib/intake/import-request.ts';
import { log } from '#lib/log.ts';

/** Runs an action that may fail in the file system, and returns the problem; throws any other error. */
export function attempt(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return fileSystemProblem(error);
  }
}

/** The file system's message; null where the work was only stopped, to continue with the next cycle. Throws any other error. */
function fileSystemProblem(error: unknown): string | null {
  if (error instanceof StoppedError) return null;
  if (error instanceof Error && 'syscall' in error) return error.message.replace(/\.$/, '');
  throw error;
}

/** What went wrong with one file, so that the others do not wait for it: it may hold what no program foresaw. Throws what the database says. */
export function fileProblem(error: unknown): string | null {
  const isOfFile = error instanceof Error && error.name !== 'SqliteError' && !('syscall' in error);
  if (!isOfFile || error instanceof StoppedError) return fileSystemProblem(error);
  log.error({ err: error }, 'a file could not be imported');
  return error.message.replace(/\.$/, '');
}
