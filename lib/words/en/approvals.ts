/** Approvals: what the server says around the groups. */
export const approvals = {
  held: '{n, plural, one {# person is} other {# people are}} held. Nothing is changed for them until someone approves.',
  heldInGroups:
    '{n, plural, one {# person is} other {# people are}} held, in {groups, number} groups. Nothing is changed for them until someone approves.',
  nobody: 'Nobody is waiting for approval.',
  whenHeld:
    'When more people would be licensed within 24 hours than the safety limit allows, the others are held and listed here.',
  past: 'See past approvals',
} as const;
