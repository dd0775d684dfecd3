/** Stores an uploaded file beside the database; explains where it is too long or empty. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readEnv } from '#lib/env.ts';
import { storeBody, TooLongError } from '#lib/intake/store-upload.ts';
import { uploadsFolder } from '#lib/intake/upload.ts';
import { ServiceError } from '#lib/services/http/errors.ts';

/** Largest upload. The drop folder has no limit. */
const UPLOAD_LIMIT_BYTES = 250 * 1024 * 1024;

/** Stores the file as it arrives. Throws `invalid` where it is longer than allowed, and leaves nothing behind where it is interrupted. */
export async function storeUpload(
  id: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ storedName: string; file: string; sha256: string; sizeBytes: number }> {
  const storedName = `${id}.csv`;
  const file = path.join(uploadsFolder(readEnv().dataDir), storedName);
  try {
    return { storedName, file, ...(await storeBody(file, body, UPLOAD_LIMIT_BYTES)) };
  } catch (error) {
    if (!(error instanceof TooLongError)) throw error;
    throw new ServiceError('invalid', ['fileTooLarge', { megabytes: UPLOAD_LIMIT_BYTES / 1024 / 1024 }]);
  }
}

/** Deletes what `storeUpload` stored. */
export async function dropUpload(file: string): Promise<void> {
  await rm(file, { force: true });
}
