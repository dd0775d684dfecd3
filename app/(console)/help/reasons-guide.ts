/** The guide to reasons, written from the reasons themselves so that it cannot go stale. Pure: gives Markdown. */
import { type FixedBy, REASON_CATALOGUE } from '#lib/domain/reason-catalogue.ts';
import { isReasonCode, REASONS, type ReasonCode, RUN_REASONS } from '#lib/domain/reasons.ts';
import { ENGLISH } from '#lib/words/english.ts';

const FIXED_BY: Record<FixedBy, { title: string; label: string }> = {
  helpdesk: { title: 'The helpdesk can fix it', label: 'The helpdesk, here in AutoProvision.' },
  admin: { title: 'An Admin of AutoProvision can fix it', label: 'An Admin of AutoProvision, under Mappings.' },
  tenant_admin: { title: 'A Microsoft 365 administrator can fix it', label: 'A Microsoft 365 administrator.' },
  directory_admin: {
    title: 'The Active Directory team can fix it',
    label: 'Whoever looks after Active Directory, or the identity-management system that feeds it.',
  },
  exchange_admin: { title: 'The Exchange team can fix it', label: 'Whoever looks after Exchange.' },
  nobody: { title: 'Nothing to fix', label: 'Nobody: it continues by itself, or nothing is left to do.' },
};

function stateText(states: (typeof REASON_CATALOGUE)[ReasonCode]['states']): string {
  if (states === 'unchanged') return 'as before; the person is checked again';
  return states.map((state) => ENGLISH.states[state]).join(', ');
}

function paragraph(code: ReasonCode): string {
  const { title, fix } = REASONS[code];
  const { cause, states, fixedBy } = REASON_CATALOGUE[code];
  return [
    `### ${title} {#${code}}`,
    cause,
    [
      `- **State:** ${stateText(states)}`,
      `- **What to do:** ${fix ?? 'Nothing.'}`,
      `- **Who can fix it:** ${FIXED_BY[fixedBy].label}`,
      `- **Code in exports and logs:** \`${code}\``,
    ].join('\n'),
  ].join('\n\n');
}

const CODES = Object.keys(REASONS).filter(isReasonCode);

/** Every reason with its paragraph, those that somebody has to fix first. */
export function reasonsGuide(): string {
  const groups = Object.entries(FIXED_BY).map(([who, { title }]) => {
    const codes = CODES.filter((code) => REASON_CATALOGUE[code].fixedBy === who);
    return [`## ${title}`, ...codes.map(paragraph)].join('\n\n');
  });
  return [
    '# Reasons and what to do',
    'Every person carries a reason for the state it is in. Here is each of them, with its cause, the fix and who can make it. The same reason is on the person’s page, in lists, exports and report mails.',
    ...groups,
    '## Why a whole run stopped',
    'A run that cannot finish says why. Nobody is lost: whoever was not reached is checked by the next run.',
    Object.entries(RUN_REASONS)
      .map(([code, words]) => `- **${words}** (\`${code}\`)`)
      .join('\n'),
  ].join('\n\n');
}
