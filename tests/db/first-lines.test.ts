import { expect, test } from 'vitest';
import { FirstLines } from '#db/store/files/first-lines.ts';

test('each person gets the line that named it first, with what it said, however many there are', () => {
  const lines = new FirstLines();
  const first = new Map<string, number>();
  for (let line = 2; line < 30_000; line++) {
    const key = `person${(line * 7919) % 20_011}@contoso.example`;
    const before = first.get(key);
    expect(lines.meet(key, line, `said in ${line}`)).toEqual(
      before === undefined ? null : { line: before, says: `said in ${before}` },
    );
    if (!first.has(key)) first.set(key, line);
  }
  expect(first.size).toBeGreaterThan(20_000);
  lines.close();
});
