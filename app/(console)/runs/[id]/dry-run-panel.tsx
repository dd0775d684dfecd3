/** What a dry run found out, by person. */

import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import type { RunDetail } from '#lib/services/runs/runs.ts';
import { DryRunOutcomesTable } from './dry-run-outcomes.tsx';

export function DryRunPanel({ run, dry }: { run: RunDetail; dry: NonNullable<RunDetail['dry']> }) {
  const path = `/runs/${run.id}`;
  const { reason } = run.query;
  if (dry.groups.length === 0)
    return (
      <Nothing title={run.finishedAt === null ? 'Nobody is done yet.' : 'Nobody was due: nothing would happen.'} />
    );
  const byReason = new Map<string, { label: string; count: number }>();
  for (const { reason: code, title, n } of dry.groups)
    byReason.set(code, { label: title, count: n + (byReason.get(code)?.count ?? 0) });
  return (
    <div className={styles.stack}>
      <Choices
        label="What would happen"
        choices={[
          { label: 'All', count: run.reconciliation.peopleChecked, href: path, isChosen: reason === null },
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
        <Nothing what="matches" title="This would happen to nobody." />
      )}
      <Pager {...dry.outcomes} of="people" hrefOf={(page) => address(path, { reason, page })} />
    </div>
  );
}
