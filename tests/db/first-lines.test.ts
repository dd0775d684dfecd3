import { expect, test } from 'vitest';
import { FirstLines } from '#db/store/files/first-lines.ts';

test('each person gets the line that named it first, however many there are', () => {
  const lines = new FirstLines();
  const first = new Map<string, number>();
  for (let line = 2; line < 30_000; line++) {
    const key = `person${(line * 7919) % 20_011}@contoso.example`;
    expect(lines.meet(key, line)).toBe(first.get(key) ?? null);
    if (!first.has(key)) first.set(key, line);
  }
  expect(first.size).toBeGreaterThan(20_000);
  lines.close();
});
