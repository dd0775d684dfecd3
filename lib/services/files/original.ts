/** The file as it came, byte for byte, for download. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, readSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fileById } from '#db/store/files/files-read.ts';
import { recordExport } from '#db/store/system/operators.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readEnv } from '#lib/env.ts';
import { storedPath } from '#lib/intake/drop-folder/move.ts';
import { openPlain } from '#lib/intake/drop-folder/settled.ts';
import { uploadsFolder } from '#lib/intake/upload.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { assertMayLeave } from './scan-upload.ts';

const PIECE_BYTES = 64 * 1024;

const idInput = z.object({ id: z.string().min(1).max(100) });

/**
 * `input`: `{ id }`. Throws `not_found`, also where the original is no longer where we put it, and `conflict` where something else lies
 * there: others write to the share, and what they put there nobody has read or scanned.
 */
export async function downloadOriginal(
  operator: Operator | null,
  input: unknown,
): Promise<{ name: string; type: string; bytes: ReadableStream<Uint8Array> }> {
  authorise(operator, 'files:read');
  const { id } = parseInput(idInput, input);
  const db = database();
  const env = readEnv();
  const file = fileById(db, id);
  if (!file) throw new ServiceError('not_found', ['noFile']);
  assertMayLeave(file);
  const { storedName, status, source, sha256 } = file;
  if (storedName === null || (source === 'drop_folder' && (status === 'importing' || file.movedAt === null)))
    throw new ServiceError('not_found', ['originalInFolder']);
  const folder = readSettings(db, env).dropFolder;
  const where =
    source === 'drop_folder' && status !== 'importing'
      ? storedPath({ folder, status, storedName })
      : path.join(uploadsFolder(env.dataDir), path.basename(storedName));
  if ((await sha256Of(where)) !== sha256) throw new ServiceError('conflict', ['originalChanged']);
  recordExport(db, operator, { what: 'original', name: file.name }, Date.now());
  // No browser is to guess what it is and show it.
  return { name: file.name, type: 'application/octet-stream', bytes: streamOf(where, sha256) };
}

function openOriginal(where: string): number {
  try {
    const descriptor = openPlain(where);
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
  throw new ServiceError('not_found', ['originalGone']);
}

async function sha256Of(where: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream('', { fd: openOriginal(where) })) hash.update(block);
  return hash.digest('hex');
}

/**
 * Breaks off at its end where the file changed after it was compared: no browser keeps such a download. Opened when the first byte is
 * wanted: Next neither reads nor cancels an answer whose reader has left meanwhile.
 */
function streamOf(where: string, sha256: string): ReadableStream<Uint8Array> {
  const hash = createHash('sha256');
  let opened: number | null = null;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const descriptor = opened ?? openOriginal(where);
        opened = descriptor;
        const piece = new Uint8Array(PIECE_BYTES);
        const read = readSync(descriptor, piece);
        hash.update(piece.subarray(0, read));
        if (read > 0) return controller.enqueue(piece.subarray(0, read));
        closeSync(descriptor);
        if (hash.digest('hex') === sha256) controller.close();
        else controller.error(new Error('the original changed while it was sent'));
      },
      cancel: () => (opened === null ? undefined : closeSync(opened)),
    },
    { highWaterMark: 0 },
  );
}
