import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { attachableLog, type LoggedOutcome, runLogLine, runLogLines } from '#lib/notify/run-log.ts';

test('a line says SUCCESS where nothing is left to do, ERROR where an operator has to act, WAITING otherwise', () => {
  const verdicts = PERSON_STATES.map((state) => {
    const line = runLogLine({ userPrincipalName: 'ada@contoso.example', state, message: 'A sentence.' });
    return [state, line.split(':')[0]];
  });
  expect(Object.fromEntries(verdicts)).toEqual({
    queued: 'WAITING',
    awaiting_sync: 'WAITING',
    awaiting_start: 'WAITING',
    awaiting_seat: 'WAITING',
    awaiting_mailbox: 'WAITING',
    held: 'WAITING',
    needs_attention: 'ERROR',
    provisioned: 'SUCCESS',
    already_provisioned: 'SUCCESS',
    dismissed: 'SUCCESS',
  });
});

test('a line is verdict, sentence, then the name in brackets', () => {
  expect(
    runLogLine({ userPrincipalName: 'ada@contoso.example', state: 'provisioned', message: 'The mailbox answers.' }),
  ).toBe('SUCCESS: The mailbox answers. [ada@contoso.example]');
});

test('a row that stayed out is an ERROR, by its address or by file and line', () => {
  expect(runLogLine({ name: 'new comers.csv:3', problem: 'UserPrincipalName contains two @.' })).toBe(
    'ERROR: Not imported. UserPrincipalName contains two @. [new_comers.csv:3]',
  );
});

test('no value can forge a second line or another name, whatever it contains', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('x\nSUCCESS: done. [eve@x.example]', 'a]\u2028[b', '\r\n', '\u202e', '\ud800', 'x] [y'),
  );
  fc.assert(
    fc.property(nasty, nasty, fc.constantFrom(...PERSON_STATES), (userPrincipalName, message, state) => {
      const [line = '', ...others] = [...runLogLines([{ userPrincipalName, message, state }])];
      expect(others).toEqual([]);
      expect(line).toMatch(/^(SUCCESS|WAITING|ERROR): (.*) \[([^[\]\s]*)\]\n$/u);
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e]/u);
    }),
  );
});

test('names in other scripts stay as they are', () => {
  const userPrincipalName = 'łukasz.żółć@contoso.example';
  expect(runLogLine({ userPrincipalName, state: 'queued', message: 'Zoë ☕ می‌خواهم' })).toBe(
    `WAITING: Zoë ☕ می‌خواهم [${userPrincipalName}]`,
  );
});

const people = (n: number): LoggedOutcome[] =>
  Array.from({ length: n }, (_, i) => ({
    userPrincipalName: `p${i}@contoso.example`,
    state: 'provisioned',
    message: 'Zoë.',
  }));

test('the attachment holds one line for every person, and there is none for nobody', () => {
  expect(attachableLog(people(3), 3)).toBe([...runLogLines(people(3))].join(''));
  expect(attachableLog([], 0)).toBeNull();
});

test('a log too large to attach keeps whole lines within the limit and says how many are left off', () => {
  const lines = [...runLogLines(people(10))];
  const lineBytes = Buffer.byteLength(lines[0] ?? '');
  expect(attachableLog(people(10), 10, lineBytes * 4 + 5)).toBe(
    `${lines.slice(0, 4).join('')}… and 6 more: the whole log lies in the Processed folder.\n`,
  );
});
