/** Stores what a browser sends, block by block, never the whole in memory. */
import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The upload is longer than allowed. */
export class TooLongError extends Error {
  override name = 'TooLongError';
}

/** Blocks lie outside the heap, where the garbage collector hardly counts them: left alone, tens of megabytes pile up. */
const SWEEP_BYTES = 4 * 1024 * 1024;

/** Passes the blocks on and collects finished ones from time to time. */
async function* swept(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  setFlagsFromString('--expose-gc');
  const collect: (how: { type: 'minor' }) => void = runInNewContext('gc');
  let kept = 0;
  for await (const block of body) {
    yield block;
    kept += block.byteLength;
    if (kept < SWEEP_BYTES) continue;
    kept = 0;
    collect({ type: 'minor' });
  }
}

/** Writes a new file and returns its hash and size; leaves nothing behind where it is too long or interrupted. */
export async function storeBody(
  file: string,
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<{ sha256: string; sizeBytes: number }> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const block of swept(body)) {
      sizeBytes += block.byteLength;
      if (sizeBytes > limitBytes) throw new TooLongError();
      hash.update(block);
      await handle.writeFile(block);
    }
    await handle.sync();
    return { sha256: hash.digest('hex'), sizeBytes };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
