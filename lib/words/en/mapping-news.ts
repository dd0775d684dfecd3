/** What happens next after a mapping was changed. */
export const mappingNews = {
  others:
    'From the next cycle on, it applies to everyone else of this EmployeeType; licensed people keep what they have.',
  released:
    '{n, plural, one {# person was released and is} other {# people were released and are}} checked at once: they get a licence where the account exists and a seat is free.',
  attention: '{n, plural, one {# person needs} other {# people need}} attention from the next cycle on.',
  waiting:
    '{n, plural, one {# person keeps waiting for an account, and needs} other {# people keep waiting for an account, and need}} attention once it exists.',
  held: '{n, plural, one {# person stays} other {# people stay}} held.',
  licensed: '{n, plural, one {# person keeps} other {# people keep}} the licence.',
  nothingLost: 'Nobody loses anything. With a new mapping, processing continues.',
} as const;
