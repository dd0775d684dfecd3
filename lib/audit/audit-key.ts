/** The key that signs what leaves the history: made at its first use, kept in the data folder, in no backup and no log. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHOSEN, isOutdated, type SignatureName } from '#lib/domain/algorithms.ts';

const FILE = 'audit.key';
const PRIVATE = { mode: 0o600, flush: true };

/** What was read last: each run signs, and to make a key of the same bytes again takes longer than to sign with it. */
let last: { bytes: Buffer; key: KeyObject } | undefined;

function read(file: string): KeyObject | null {
  try {
    const bytes = readFileSync(file);
    if (!last?.bytes.equals(bytes)) last = { bytes, key: createPrivateKey(bytes) };
    return last.key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const pem = (key: KeyObject) => key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' });

function newKey(algorithm: SignatureName): KeyObject {
  // The declarations of Node ask for the one or the other.
  return (algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448')).privateKey;
}

/** The private key of a data folder, of the chosen algorithm or a newer one. Throws where it can be neither read nor made. */
export function auditKey(dataDir: string, algorithm: SignatureName = CHOSEN.signature): KeyObject {
  const file = path.join(dataDir, FILE);
  const known = read(file);
  if (known) return isOutdated(known.asymmetricKeyType, algorithm) ? replaceKey(file, known, algorithm) : known;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const privateKey = newKey(algorithm);
  try {
    // Never over the key that another process has just made.
    writeFileSync(file, pem(privateKey), { ...PRIVATE, flag: 'wx' });
    return privateKey;
  } catch (error) {
    const made = read(file);
    if (made) return made;
    throw error;
  }
}

/** Puts a key of another algorithm in its place. The public half stays beside it, so that what it signed can be verified. */
function replaceKey(file: string, known: KeyObject, algorithm: SignatureName): KeyObject {
  const earlier = pem(createPublicKey(known));
  writeFileSync(`${file}.${hash('sha256', earlier, 'hex').slice(0, 8)}`, earlier, PRIVATE);
  const privateKey = newKey(algorithm);
  const draft = `${file}-new.${process.pid}`;
  writeFileSync(draft, pem(privateKey), PRIVATE);
  renameSync(draft, file);
  return privateKey;
}

/** The public keys of a data folder: the present one, and those that were renamed to `audit.key.…` or replaced by a release. */
export function auditPublicKeys(dataDir: string): KeyObject[] {
  const present = createPublicKey(auditKey(dataDir));
  const earlier = readdirSync(dataDir).filter((name) => name.startsWith(`${FILE}.`));
  return [present, ...earlier.toSorted().map((name) => createPublicKey(readFileSync(path.join(dataDir, name))))];
}
