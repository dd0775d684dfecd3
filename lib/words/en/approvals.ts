/** Approvals: what the server says around the groups. */
export const approvals = {
  held: '{n, plural, one {# person is} other {# people are}} held. Nothing is written to them until somebody approves.',
  heldInGroups:
    '{n, plural, one {# person is} other {# people are}} held, in {groups, number} groups. Nothing is written to them until somebody approves.',
  nobody: 'Nobody is waiting for approval.',
  whenHeld:
    'When more people would be licensed within 24 hours than the safety limit allows, the others are held and stand here.',
  past: 'See past approvals',
} as const;
