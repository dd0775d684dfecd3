/** Approvals: what the server says around the groups. */
export const approvals = {
  held: '{n, plural, one {# person is} other {# people are}} held. Nothing is changed for them until someone approves.',
  heldInGroups:
    '{n, plural, one {# person is} other {# people are}} held, in {groups, number} groups. Nothing is changed for them until someone approves.',
  disputed:
    '<people>{n, plural, one {# person is} other {# people are}} held because two rows disagree</people>: there is nothing to approve; choose the right row on {n, plural, one {the person’s page} other {each person’s page}}.',
  nobody: 'Nobody is waiting for approval.',
  whenHeld:
    'When more people would be licensed within 24 hours than the safety limit allows, the others are held and listed here.',
  past: 'See past approvals',
} as const;
