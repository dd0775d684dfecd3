/** Appends to a file all or nothing: half a note, left by a disk that became full, would look like one that somebody forged. */
import { open } from 'node:fs/promises';

/** On the disk when it resolves. Rejects with what the system says where it cannot be written; the file is then as long as before. */
export async function appendWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    const { size } = await handle.stat();
    try {
      await handle.appendFile(text);
      await handle.datasync();
    } catch (error) {
      await handle.truncate(size);
      throw error;
    }
  } finally {
    await handle.close();
  }
}
