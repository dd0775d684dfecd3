import { StateBadge } from '#components/people/badge.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { PlanComparison } from '#lib/services/files/file-plan.ts';

function partText({ planned, asPlanned, open, differ }: PlanComparison['parts'][number]): string {
  const counts = [
    `${numberText(asPlanned)} as expected`,
    ...(open > 0 ? [`${numberText(open)} not checked yet`] : []),
    ...(differ > 0 ? [`${numberText(differ)} different`] : []),
  ];
  return `${planned}: ${counts.join(', ')}.`;
}

/** What the check before the import expected, and what happened. */
export function PlanPanel({ plan }: { plan: PlanComparison }) {
  const differ = plan.parts.reduce((sum, part) => sum + part.differ, 0);
  return (
    <Panel
      title="Expected and actual"
      aside={
        <span className="muted">
          Checked by <RunLink id={plan.runId} number={plan.runNumber} /> <Time at={plan.checkedAt} />
        </span>
      }
    >
      <div className={styles.stack}>
        {plan.isOutdated && <p>The file was changed after this check, so it may not fit every row.</p>}
        <ul className={styles.stack}>
          {plan.parts.map((part) => (
            <li key={part.planned}>{partText(part)}</li>
          ))}
        </ul>
        {differ > 0 && (
          <>
            <h3>{countText(differ, 'person', 'people')} with a different result</h3>
            <ul className={styles.stack}>
              {plan.differing.map(({ id, displayName, planned, state, message }) => (
                <li key={id} className={styles.cell}>
                  <span>
                    <Link href={`/people/${id}`}>
                      <VisibleText text={displayName} />
                    </Link>{' '}
                    <StateBadge state={state} />
                  </span>
                  <span className={styles.minor}>
                    Expected: {planned} Now: {message}
                  </span>
                </li>
              ))}
            </ul>
            {differ > plan.differing.length && <p>The first {numberText(plan.differing.length)} are shown.</p>}
          </>
        )}
      </div>
    </Panel>
  );
}
