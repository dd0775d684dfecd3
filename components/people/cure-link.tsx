/** Where a cause is mended that lies outside the person: a mapping, seats, approvals. */
import { use } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { address } from '#components/text/address.ts';
import { unseen } from '#components/text/unseen.tsx';
import { ButtonLink } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage } from '#components/words/words.ts';
import type { Role } from '#lib/auth/roles.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import type { Cure } from '#lib/services/people/actions/cures.ts';

interface Props {
  cure: Cure;
  role: Role;
  /** Everybody with this cause, told to whoever does not see them beside it; null: one person, on its own page. */
  people: number | null;
}

/** Whether a cause has such a place. */
export const hasPlace = ({ kind }: Cure) => kind === 'map' || kind === 'seats' || kind === 'approve';

export function CureLink({ cure, role, people }: Props) {
  const say = useWords('cures');
  const isLead = people === null;
  const rank = isLead ? 'primary' : 'subtle';
  const more = { whom: people === null ? '' : say('people', { n: people }), unseen };
  if (cure.kind === 'approve')
    return (
      <ButtonLink href="/approvals" rank={rank}>
        {isLead ? say('approve') : say.parts('approveFor', more)}
      </ButtonLink>
    );
  if (cure.kind === 'seats')
    return (
      <ButtonLink href="/licences" rank={rank}>
        {isLead ? say('waitingList') : say.parts('waitingListOf', more)}
      </ButtonLink>
    );
  if (cure.kind !== 'map') return null;
  const type = cure.employeeType;
  const words = isLead ? say('map', { type }) : say.parts('mapAndRelease', { ...more, type });
  const mayNot = whyNot(role, 'mappings:write', use(requestLanguage()));
  if (mayNot !== null)
    return (
      <GuardedButton whyNot={mayNot} appearance={rank}>
        {words}
      </GuardedButton>
    );
  return (
    <ButtonLink href={address('/mappings/edit', { type: cure.employeeType, release: 1 })} rank={rank}>
      {words}
    </ButtonLink>
  );
}
