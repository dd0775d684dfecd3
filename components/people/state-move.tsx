/** The states a person went from and to, as badges; nothing where the state stayed. */
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { StateBadge } from './badge.tsx';

export function StateMove({ from, to }: { from: PersonState | null; to: PersonState | null }) {
  const say = useWords('states');
  if (!to || from === to) return null;
  return (
    <p className={stack.row}>
      {from && (
        <>
          <StateBadge state={from} />
          <span aria-hidden="true">→</span>
          <span className="unseen">{say('became')}</span>
        </>
      )}
      <StateBadge state={to} />
    </p>
  );
}
