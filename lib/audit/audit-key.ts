/** The key that signs what leaves the history: made at its first use, kept in the data folder, in no backup and no log. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = 'audit.key';

function read(file: string): KeyObject | null {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The private key of a data folder. Throws where it can be neither read nor made. */
export function auditKey(dataDir: string): KeyObject {
  const file = path.join(dataDir, FILE);
  const known = read(file);
  if (known) return known;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    // Never over the key that another process has just made.
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { flag: 'wx', mode: 0o600, flush: true });
    return privateKey;
  } catch (error) {
    const made = read(file);
    if (made) return made;
    throw error;
  }
}
