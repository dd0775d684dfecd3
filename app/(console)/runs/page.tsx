import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { runWord } from '#components/people/state-labels.ts';
import { RunNow } from '#components/runs/run-now.tsx';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { listRuns, type RunList } from '#lib/services/runs/runs.ts';
import { TRIGGER_LABELS } from './run-labels.ts';
import { RunsTable } from './runs-table.tsx';

export const metadata: Metadata = { title: 'Runs' };

const STATUSES = ['completed', 'stopped', 'failed', 'interrupted'];

function Filters({ query: { status, trigger } }: { query: RunList['query'] }) {
  const say = useWords('states');
  return (
    <>
      <Choices
        label="Status"
        choices={[
          { label: 'Any status', href: address('/runs', { trigger }), isChosen: status === null },
          ...STATUSES.map((name) => ({
            label: name === 'stopped' ? 'Stopped or cancelled' : runWord(say, name).label,
            href: address('/runs', { status: name, trigger }),
            isChosen: status === name,
          })),
        ]}
      />
      <Choices
        label="Started by"
        choices={[
          { label: 'Started by anything', href: address('/runs', { status }), isChosen: trigger === null },
          ...Object.entries(TRIGGER_LABELS).map(([name, label]) => ({
            label,
            href: address('/runs', { status, trigger: name }),
            isChosen: trigger === name,
          })),
        ]}
      />
    </>
  );
}

export default async function RunsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('runs:read', '/runs');
  const list = listRuns(operator, await searchParams);
  const { status, trigger } = list.query;
  const isFiltered = status !== null || trigger !== null;
  return (
    <>
      <PageHeader help="runs" title="Runs" actions={<RunNow whyNot={whyNot(operator.role, 'runs:start')} />} />
      <div className={styles.stack}>
        <Filters query={list.query} />
        {list.items.length > 0 && <RunsTable runs={list.items} />}
        {list.items.length === 0 && !isFiltered && (
          <Nothing title="No run yet.">
            <p>The schedule starts the first one by itself.</p>
          </Nothing>
        )}
        {list.items.length === 0 && isFiltered && (
          <Nothing what="matches" title="No run matches.">
            <p>
              <Link href="/runs">Show all runs</Link>
            </p>
          </Nothing>
        )}
        {list.items.length > 0 && (
          <Pager {...list} of="runs" hrefOf={(page) => address('/runs', { status, trigger, page })} />
        )}
      </div>
    </>
  );
}
