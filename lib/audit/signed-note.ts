/** Signed notes (https://c2sp.org/signed-note): a text, and under it a line with an Ed25519 signature. */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

const ED25519 = Buffer.from([1]);
const KEY_BYTES = 32;
const KEY_HASH_BYTES = 4;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

const bytesOf = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);

function keyHash(name: string, publicKey: KeyObject): Buffer {
  const named = Buffer.concat([Buffer.from(`${name}\n`), ED25519, bytesOf(publicKey)]);
  return createHash('sha256').update(named).digest().subarray(0, KEY_HASH_BYTES);
}

/** A public key as one line that verifiers of signed notes take. */
export function verifierKey(name: string, publicKey: KeyObject): string {
  const key = Buffer.concat([ED25519, bytesOf(publicKey)]).toString('base64');
  return `${name}+${keyHash(name, publicKey).toString('hex')}+${key}`;
}

/** Signs a text that ends with a line break; `name` names the key. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  const signed = Buffer.concat([keyHash(name, createPublicKey(privateKey)), signature]).toString('base64');
  return `${text}\n— ${name} ${signed}\n`;
}

/** The text of a note that is signed with the key; null where it is not. */
export function openNote(note: string, publicKey: KeyObject): string | null {
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const isSigned = note
    .slice(end + 1)
    .split('\n')
    .some((line) => {
      const [, name = '', signed = ''] = SIGNATURE_LINE.exec(line) ?? [];
      const bytes = Buffer.from(signed, 'base64');
      return (
        bytes.subarray(0, KEY_HASH_BYTES).equals(keyHash(name, publicKey)) &&
        verify(null, Buffer.from(text), publicKey, bytes.subarray(KEY_HASH_BYTES))
      );
    });
  return end > 0 && isSigned ? text : null;
}
