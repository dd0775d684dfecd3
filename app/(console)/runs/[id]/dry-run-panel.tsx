/** What a dry run found out, by person. */

import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { RunDetail } from '#lib/services/runs/runs.ts';
import { DryRunOutcomesTable } from './dry-run-outcomes.tsx';
import { NobodyChecked } from './outcomes.tsx';

export function DryRunPanel({ run, dry }: { run: RunDetail; dry: NonNullable<RunDetail['dry']> }) {
  const say = useWords('run');
  const path = `/runs/${run.id}`;
  const { reason } = run.query;
  if (dry.groups.length === 0)
    return <NobodyChecked title={say(run.finishedAt === null ? 'nobodyDone' : 'nothingWould')} run={run} />;
  const byReason = new Map<string, { label: string; count: number }>();
  for (const { reason: code, title, n } of dry.groups)
    byReason.set(code, { label: title, count: n + (byReason.get(code)?.count ?? 0) });
  return (
    <div className={styles.stack}>
      <Choices
        label={say('wouldHappen')}
        choices={[
          { label: say('all'), count: run.reconciliation.peopleChecked, href: path, isChosen: reason === null },
          ...[...byReason].map(([code, choice]) => ({
            ...choice,
            href: address(path, { reason: code }),
            isChosen: reason === code,
          })),
        ]}
      />
      {dry.outcomes.items.length > 0 ? (
        <DryRunOutcomesTable outcomes={dry.outcomes.items} />
      ) : (
        <Nothing
          what="matches"
          title={say('toNobody')}
          why={say('othersHidden')}
          action={<Link href={path}>{say('showEverybody')}</Link>}
        />
      )}
      <Pager {...dry.outcomes} of="people" hrefOf={(page) => address(path, { reason, page })} />
    </div>
  );
}
