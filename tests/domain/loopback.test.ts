import { expect, test } from 'vitest';
import { isLoopback } from '#lib/domain/loopback.ts';

test('plain http is for this machine only, whatever an address begins or ends with', () => {
  for (const url of ['http://127.0.0.1:3000/a', 'http://localhost', 'http://LOCALHOST:1', 'https://[::1]:2/'])
    expect(isLoopback(url)).toBe(true);
  for (const url of [
    'http://localhost.example',
    'http://example/localhost',
    'http://127.0.0.1.example',
    'localhost',
    '',
  ])
    expect(isLoopback(url)).toBe(false);
});
