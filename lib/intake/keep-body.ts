/** Keeps what a browser sends: block by block, never as a whole in memory. */
import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';

/** What was sent is longer than allowed. */
export class TooLongError extends Error {
  override name = 'TooLongError';
}

/** A block is small to the collector, its bytes are not: left to it, they would pile up until it comes. */
function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** Writes a new file and gives its hash and size; leaves nothing behind where it is too long or cut off. Blocks are empty afterwards. */
export async function keepBody(
  file: string,
  body: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<{ sha256: string; sizeBytes: number }> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const block of body) {
      sizeBytes += block.byteLength;
      if (sizeBytes > limitBytes) throw new TooLongError();
      hash.update(block);
      await handle.writeFile(block);
      letGo(block);
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
