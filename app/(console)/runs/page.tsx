import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { address } from '#components/address.ts';
import { Choices } from '#components/choices.tsx';
import { Link } from '#components/link.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Pager } from '#components/pager.tsx';
import { Nothing } from '#components/panel.tsx';
import { RunNow } from '#components/run-now.tsx';
import styles from '#components/stack.module.css';
import { RUN_WORDS } from '#components/state-words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { listRuns } from '#lib/services/runs.ts';
import { RunsTable } from './runs-table.tsx';

export const metadata: Metadata = { title: 'Runs' };

const STATUSES = ['completed', 'stopped', 'failed', 'interrupted'];

export default async function RunsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('runs:read', '/runs');
  const list = listRuns(operator, await searchParams);
  const { status } = list.query;
  const choices = [
    { word: 'All', href: '/runs', isChosen: status === null },
    ...STATUSES.map((name) => ({
      word: RUN_WORDS[name]?.word ?? name,
      href: address('/runs', { status: name }),
      isChosen: status === name,
    })),
  ];
  return (
    <>
      <PageHeader title="Runs" actions={can(operator.role, 'runs:start') && <RunNow />} />
      <div className={styles.stack}>
        <Choices label="Status" choices={choices} />
        {list.items.length > 0 && <RunsTable runs={list.items} />}
        {list.items.length === 0 && status === null && (
          <Nothing title="No run yet.">
            <p>The schedule starts the first one by itself.</p>
          </Nothing>
        )}
        {list.items.length === 0 && status !== null && (
          <Nothing title="No run ended like this.">
            <p>
              <Link href="/runs">Show all runs</Link>
            </p>
          </Nothing>
        )}
        {list.items.length > 0 && (
          <Pager {...list} one="run" many="runs" hrefOf={(page) => address('/runs', { status, page })} />
        )}
      </div>
    </>
  );
}
