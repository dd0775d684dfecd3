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
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { listRuns, type RunList } from '#lib/services/runs/runs.ts';
import { TRIGGERS } from './run-labels.ts';
import { type RunLine, runLine } from './run-lines.ts';
import { RunsTable } from './runs-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('runs') };
}

const STATUSES = ['completed', 'stopped', 'failed', 'interrupted'];

function Filters({ query: { status, trigger } }: { query: RunList['query'] }) {
  const say = useWords('run');
  const sayRuns = useWords('runs');
  const sayState = useWords('states');
  return (
    <>
      <Choices
        label={sayRuns('status')}
        choices={[
          { label: say('anyStatus'), href: address('/runs', { trigger }), isChosen: status === null },
          ...STATUSES.map((name) => ({
            label: name === 'stopped' ? say('stoppedOrCancelled') : runWord(sayState, name).label,
            href: address('/runs', { status: name, trigger }),
            isChosen: status === name,
          })),
        ]}
      />
      <Choices
        label={sayRuns('startedBy')}
        choices={[
          { label: say('byAnything'), href: address('/runs', { status }), isChosen: trigger === null },
          ...TRIGGERS.map((name) => ({
            label: sayRuns(`trigger.${name}`),
            href: address('/runs', { status, trigger: name }),
            isChosen: trigger === name,
          })),
        ]}
      />
    </>
  );
}

async function linesOf(items: RunList['items']): Promise<RunLine[]> {
  const [states, counted] = [await words('states'), await words('counted')];
  const [runs, time] = [await words('runs'), await words('time')];
  return items.map((run) => runLine({ states, counted, runs, time }, run));
}

export default async function RunsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('runs:read', '/runs');
  const list = listRuns(operator, await searchParams, await requestLanguage());
  const say = await words('run');
  const { status, trigger } = list.query;
  const isFiltered = status !== null || trigger !== null;
  return (
    <>
      <PageHeader
        help="runs"
        title={(await words('navigation'))('runs')}
        actions={<RunNow whyNot={whyNot(operator.role, 'runs:start', await requestLanguage())} />}
      />
      <div className={styles.stack}>
        <Filters query={list.query} />
        {list.items.length > 0 && <RunsTable runs={await linesOf(list.items)} />}
        {list.items.length === 0 && !isFiltered && (
          <Nothing
            title={say('noRunYet')}
            why={say('bySchedule')}
            action={<Link href="/files">{say('toFiles')}</Link>}
          />
        )}
        {list.items.length === 0 && isFiltered && (
          <Nothing
            what="matches"
            title={say('noMatch')}
            why={say('filterHides')}
            action={<Link href="/runs">{say('showAll')}</Link>}
          />
        )}
        {list.items.length > 0 && (
          <Pager {...list} of="runs" hrefOf={(page) => address('/runs', { status, trigger, page })} />
        )}
      </div>
    </>
  );
}
