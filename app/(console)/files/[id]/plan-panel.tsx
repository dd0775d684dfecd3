import { StateBadge } from '#components/people/badge.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PlanComparison } from '#lib/services/files/file-plan.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

function partText(
  say: Say<Words['files']>,
  { planned, asPlanned, open, differ }: PlanComparison['parts'][number],
): string {
  const counts = [
    say('asExpected', { n: asPlanned }),
    ...(open > 0 ? [say('unchecked', { n: open })] : []),
    ...(differ > 0 ? [say('different', { n: differ })] : []),
  ];
  return say('plan', { plan: planned, counts: counts.join(', ') });
}

/** What the check before the import expected, and what happened. */
export function PlanPanel({ plan }: { plan: PlanComparison }) {
  const say = useWords('files');
  const differ = plan.parts.reduce((sum, part) => sum + part.differ, 0);
  return (
    <Panel
      title={say('expectedAndActual')}
      aside={
        <span className="muted">
          {say.parts('checked', {
            run: () => <RunLink id={plan.runId} number={plan.runNumber} />,
            when: () => <Time at={plan.checkedAt} />,
          })}
        </span>
      }
    >
      <div className={styles.stack}>
        {plan.isOutdated && <p>{say('outdated')}</p>}
        <ul className={styles.stack}>
          {plan.parts.map((part) => (
            <li key={part.planned}>{partText(say, part)}</li>
          ))}
        </ul>
        {differ > 0 && (
          <>
            <h3>{say('differentResult', { n: differ })}</h3>
            <ul className={styles.stack}>
              {plan.differing.map(({ id, displayName, planned, state, message }) => (
                <li key={id} className={styles.cell}>
                  <span>
                    <Link href={`/people/${id}`}>
                      <VisibleText text={displayName} />
                    </Link>{' '}
                    <StateBadge state={state} />
                  </span>
                  <span className={styles.minor}>{say('expectedNow', { planned, message })}</span>
                </li>
              ))}
            </ul>
            {differ > plan.differing.length && <p>{say('firstShown', { n: plan.differing.length })}</p>}
          </>
        )}
      </div>
    </Panel>
  );
}
