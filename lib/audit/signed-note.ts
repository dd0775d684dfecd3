/** Signed notes (https://c2sp.org/signed-note): a text, and under it a line with a signature whose key names its algorithm. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { SignatureName } from '#lib/domain/algorithms.ts';

/** By the type of the key: what C2SP puts before it (255 and a name, where it has no number), and how long it is. */
const ALGORITHMS: Record<SignatureName, { mark: Buffer; bytes: number }> = {
  ed25519: { mark: Buffer.from([1]), bytes: 32 },
  ed448: { mark: Buffer.from('\xffed448', 'latin1'), bytes: 57 },
};
const KEY_HASH_BYTES = 4;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

const isKnown = (type: string | undefined): type is SignatureName =>
  type !== undefined && Object.hasOwn(ALGORITHMS, type);

/** A public key after the mark of its algorithm. Throws where this release does not know the algorithm. */
function markedKey(key: KeyObject): Buffer {
  const type = key.asymmetricKeyType;
  if (!isKnown(type)) throw new Error(`audit keys of the type ${type} are not known`);
  const { mark, bytes } = ALGORITHMS[type];
  return Buffer.concat([mark, key.export({ format: 'der', type: 'spki' }).subarray(-bytes)]);
}

function keyHash(name: string, publicKey: KeyObject): Buffer {
  const named = Buffer.concat([Buffer.from(`${name}\n`), markedKey(publicKey)]);
  return createHash('sha256').update(named).digest().subarray(0, KEY_HASH_BYTES);
}

/** A public key as one line that verifiers of signed notes take. */
export function verifierKey(name: string, publicKey: KeyObject): string {
  return `${name}+${keyHash(name, publicKey).toString('hex')}+${markedKey(publicKey).toString('base64')}`;
}

/** The public half of each private key that signed. */
const publicHalves = new WeakMap<KeyObject, KeyObject>();

function publicHalf(privateKey: KeyObject): KeyObject {
  const half = publicHalves.get(privateKey) ?? createPublicKey(privateKey);
  publicHalves.set(privateKey, half);
  return half;
}

/** Signs a text that ends with a line break; `name` names the key. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  const signed = Buffer.concat([keyHash(name, publicHalf(privateKey)), signature]).toString('base64');
  return `${text}\n— ${name} ${signed}\n`;
}

/** The text of a note that is signed with one of the keys; null where it is not. */
export function openNote(note: string, publicKeys: readonly KeyObject[]): string | null {
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const isSigned = note
    .slice(end + 1)
    .split('\n')
    .some((line) => {
      const [, name = '', signed = ''] = SIGNATURE_LINE.exec(line) ?? [];
      const bytes = Buffer.from(signed, 'base64');
      return publicKeys.some(
        (key) =>
          bytes.subarray(0, KEY_HASH_BYTES).equals(keyHash(name, key)) &&
          verify(null, Buffer.from(text), key, bytes.subarray(KEY_HASH_BYTES)),
      );
    });
  return end > 0 && isSigned ? text : null;
}
