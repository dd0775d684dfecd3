/** Where a cause is mended that lies outside the person: a mapping, seats, approvals. */
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { address } from '#components/text/address.ts';
import { countText } from '#components/text/count-text.ts';
import { ButtonLink } from '#components/ui/link.tsx';
import { type Role, whyNot } from '#lib/auth/roles.ts';
import type { Cure } from '#lib/services/people/cures.ts';

interface Props {
  cure: Cure;
  role: Role;
  /** Everybody with this cause, told to whoever does not see them beside it; null: one person, on its own page. */
  people: number | null;
}

/** Whether a cause has such a place. */
export const hasPlace = ({ kind }: Cure) => kind === 'map' || kind === 'seats' || kind === 'approve';

export function CureLink({ cure, role, people }: Props) {
  const whom = people === null ? null : countText(people, 'person', 'people');
  const more = (words: string) => whom && <span className="unseen">{` ${words} ${whom}`}</span>;
  const isLead = people === null;
  if (cure.kind === 'approve') return <ButtonLink href="/approvals">Approve or reject{more('')}</ButtonLink>;
  if (cure.kind === 'seats')
    return (
      <ButtonLink href="/licences" isLead={isLead}>
        See the waiting list{more('of')}
      </ButtonLink>
    );
  if (cure.kind !== 'map') return null;
  const words = (
    <>
      Map {cure.employeeType}
      {more('and release')}
    </>
  );
  const mayNot = whyNot(role, 'mappings:write');
  if (mayNot !== null)
    return (
      <GuardedButton whyNot={mayNot} size={isLead ? 'medium' : 'small'}>
        {words}
      </GuardedButton>
    );
  return (
    <ButtonLink href={address('/mappings/edit', { type: cure.employeeType, release: 1 })} isLead={isLead}>
      {words}
    </ButtonLink>
  );
}
