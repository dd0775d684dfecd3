/** The algorithms of what is stored and verified later: which one makes new values, and how each value names its own. Pure. */

/** Hashes, the oldest first. A value without a name is of the first: it was stored when there was no other. */
export const HASHES = ['sha256', 'sha512-256'] as const;
export type HashName = (typeof HASHES)[number];

/** Signatures, as Node calls the types of their keys, the oldest first. */
const SIGNATURES = ['ed25519', 'ed448'] as const;
export type SignatureName = (typeof SIGNATURES)[number];

/** What new values are made with. A release changes it here; what is stored stays as it is, and is verified as before. */
export const CHOSEN: { readonly hash: HashName; readonly signature: SignatureName } = {
  hash: 'sha256',
  signature: 'ed25519',
};

/** A digest as it is stored: `sha512-256:…`, or bare for the first algorithm. */
export function named(algorithm: HashName, digest: string): string {
  return algorithm === HASHES[0] ? digest : `${algorithm}:${digest}`;
}

/** The algorithm of a stored digest; null where this release does not know it. */
export function hashNameOf(value: string): HashName | null {
  const end = value.indexOf(':');
  return end < 0 ? HASHES[0] : (HASHES.find((name) => name === value.slice(0, end)) ?? null);
}

/** True where the first of two algorithms came later: a chain never goes back to an older one. */
export function isNewer(algorithm: HashName, other: HashName): boolean {
  return HASHES.indexOf(algorithm) > HASHES.indexOf(other);
}

/** True where a key of this type is of an older algorithm than the other: it has to be replaced. */
export function isOutdated(keyType: string | undefined, chosen: SignatureName): boolean {
  const older = SIGNATURES.slice(0, SIGNATURES.indexOf(chosen));
  return older.some((name) => name === keyType);
}
