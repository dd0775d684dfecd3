/** Tells whether what was built still matches its sources. Plain JavaScript: whoever starts from a bundle loads no compiler for it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * One hash over names and contents; null where a file cannot be read.
 * @param {string} root
 * @param {readonly string[]} files relative to `root`; their order counts
 * @returns {string | null}
 */
export function fingerprint(root, files) {
  const hash = createHash('sha256');
  try {
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  } catch {
    return null;
  }
  return hash.digest('hex');
}
