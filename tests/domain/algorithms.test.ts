import { expect, test } from 'vitest';
import { hashNameOf, isNewer, isOutdated, named } from '#lib/domain/algorithms.ts';

test('a digest of the first algorithm is stored bare, any other with the name of its own', () => {
  expect(named('sha256', 'abc')).toBe('abc');
  expect(named('sha512-256', 'abc')).toBe('sha512-256:abc');
});

test('each stored digest tells its algorithm; one that this release does not know is not taken for another', () => {
  expect(hashNameOf(named('sha256', 'abc'))).toBe('sha256');
  expect(hashNameOf(named('sha512-256', 'abc'))).toBe('sha512-256');
  expect(hashNameOf('sha3-512:abc')).toBeNull();
  expect(hashNameOf(':abc')).toBeNull();
});

test('a chain never goes back to an older algorithm', () => {
  expect(isNewer('sha512-256', 'sha256')).toBe(true);
  expect(isNewer('sha256', 'sha512-256')).toBe(false);
  expect(isNewer('sha256', 'sha256')).toBe(false);
});

test('only a key of an older algorithm is replaced: neither one of the same nor of a newer or an unknown one', () => {
  expect(isOutdated('ed25519', 'ed448')).toBe(true);
  expect(isOutdated('ed448', 'ed448')).toBe(false);
  expect(isOutdated('ed448', 'ed25519')).toBe(false);
  expect(isOutdated('ed25519', 'ed25519')).toBe(false);
  expect(isOutdated('rsa', 'ed448')).toBe(false);
  expect(isOutdated(undefined, 'ed448')).toBe(false);
});
