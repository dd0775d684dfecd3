import { expect, test } from 'vitest';
import { seatBalance } from '#lib/domain/licences/seats.ts';
import { sku } from '#tests/support/builders.ts';

test('what is bought is used, promised, or really left; whoever has a licence or needs a human claims nothing', () => {
  const claims = [
    { state: 'held', people: 2 },
    { state: 'awaiting_sync', people: 1 },
    { state: 'held', people: 1 },
    { state: 'awaiting_mailbox', people: 9 },
    { state: 'needs_attention', people: 9 },
  ] as const;
  expect(seatBalance(sku({ enabledUnits: 9, warningUnits: 1, consumedUnits: 5 }), claims)).toEqual({
    bought: 10,
    used: 5,
    free: 5,
    promised: 4,
    left: 1,
    promisedTo: [
      { state: 'awaiting_sync', people: 1 },
      { state: 'held', people: 3 },
    ],
  });
});

test('more promised than free leaves nothing, not less', () => {
  const balance = seatBalance(sku({ enabledUnits: 5, consumedUnits: 6 }), [{ state: 'awaiting_seat', people: 3 }]);
  expect(balance).toMatchObject({ free: 0, promised: 3, left: 0 });
});
