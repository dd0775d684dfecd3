import { expect, onTestFinished, test, vi } from 'vitest';
import { print, printJson } from '#lib/cli/command.ts';

test('what is printed is text for a terminal, whatever names and messages hold; JSON stays the same', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => written.mockRestore());
  const person = { message: '\u001b[2J \u009b31m \u202egnp.exe\u2028next', name: 'Ä ل 💌' };
  print(`${person.message}\t${person.name}\nnext line`);
  printJson(person);
  const [text, json] = written.mock.calls.map(([part]) => String(part));
  expect(text).toBe('\\u001b[2J \\u009b31m \\u202egnp.exe\\u2028next\tÄ ل 💌\nnext line\n');
  expect(json).not.toMatch(/[\p{Zl}\u0080-\u009f\u202e]/u);
  expect(JSON.parse(json ?? '')).toEqual(person);
});
