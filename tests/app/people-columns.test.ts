import { expect, test } from 'vitest';
import { rowOf } from '#app/(console)/people/people-columns.ts';
import type { PersonItem } from '#lib/services/people/people.ts';

const PERSON: PersonItem = {
  id: 7,
  userPrincipalName: 'mia.mint@contoso.example',
  displayName: 'Mia Mint',
  employeeType: 'N',
  state: 'awaiting_seat',
  stateSince: 1,
  revision: 3,
  reason: 'no_seat',
  reasonTitle: 'No free seat',
  said: null,
  message: 'No seat is free.',
  firstSeenAt: 2,
  lastCheckAt: 3,
  nextCheckAt: null,
  usageLocation: 'DE',
  startDate: null,
  licensedAt: null,
  mailboxReadyAt: null,
  assignedTo: null,
  actions: ['retry', 'dismiss'],
};

test('a row carries what its columns show and what its actions need, and nothing else', () => {
  expect(rowOf(PERSON, ['name', 'state', 'next', 'location'])).toEqual({
    id: 7,
    userPrincipalName: 'mia.mint@contoso.example',
    displayName: 'Mia Mint',
    state: 'awaiting_seat',
    revision: 3,
    reasonTitle: 'No free seat',
    message: 'No seat is free.',
    actions: ['retry', 'dismiss'],
    nextCheckAt: null,
    usageLocation: 'DE',
  });
});
