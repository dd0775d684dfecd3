import type { Metadata } from 'next';
import { foundOr404 } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { address } from '#components/address.ts';
import { Badge } from '#components/badge.tsx';
import { Choices } from '#components/choices.tsx';
import { type Fact, Facts } from '#components/facts.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Pager } from '#components/pager.tsx';
import { Nothing, Panel } from '#components/panel.tsx';
import { RunProgress } from '#components/progress.tsx';
import styles from '#components/stack.module.css';
import { RUN_WORDS, STATE_ORDER, STATE_WORDS } from '#components/state-words.ts';
import { Time } from '#components/time.tsx';
import { durationText, utcText } from '#components/time-text.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type RunDetail, readRun } from '#lib/services/runs.ts';
import { tookMs, triggerText } from '../run-words.ts';
import { OutcomesTable } from './outcomes-table.tsx';
import { Sums } from './sums.tsx';

export const metadata: Metadata = { title: 'Run' };

const TRAFFIC: Record<string, string> = {
  requests: 'Requests to Graph',
  subRequests: 'Questions within them',
  writes: 'Writes',
  throttled: 'Asked to slow down',
  retried: 'Tried again',
  resourceUnits: 'Resource units',
};

function factsOf(run: RunDetail): Fact[] {
  const took = tookMs(run);
  return [
    ['Started by', triggerText(run)],
    ['Started', run.startedAt === null ? 'not yet' : <Time key="started" at={run.startedAt} />],
    ['Ended', run.finishedAt === null ? 'not yet' : <Time key="ended" at={run.finishedAt} />],
    ['Took', took === null ? null : durationText(took)],
    ...Object.entries(TRAFFIC).map(([name, word]): Fact => [word, run.traffic[name] || null]),
  ];
}

function Ending({ run }: { run: RunDetail }) {
  if (run.finishedAt === null) return <RunProgress status={run.status} done={run.peopleDone} due={run.peopleDue} />;
  if (run.message === null) return null;
  return (
    <p>
      {run.reasonTitle && <strong>{run.reasonTitle}. </strong>}
      {run.message}
    </p>
  );
}

function Outcomes({ run }: { run: RunDetail }) {
  const { outcomes, query, id, counts } = run;
  const path = `/runs/${id}`;
  if (run.dryRun)
    return (
      <Nothing title="A dry run changes nothing and stores no outcomes.">
        <p>The numbers above say what would happen.</p>
      </Nothing>
    );
  if (outcomes.total === 0 && query.state === null)
    return <Nothing title={run.finishedAt === null ? 'Nobody is done yet.' : 'Nobody was due in this run.'} />;
  const present = STATE_ORDER.filter((state) => counts[state] > 0 || query.state === state);
  return (
    <div className={styles.stack}>
      <Choices
        label="State after the run"
        choices={[
          { word: 'All', count: run.equation.peopleLookedAt, href: path, isChosen: query.state === null },
          ...present.map((state) => ({
            word: STATE_WORDS[state].word,
            count: counts[state],
            href: address(path, { state }),
            isChosen: query.state === state,
          })),
        ]}
      />
      {outcomes.items.length === 0 ? (
        <Nothing title="Nobody of this run ended in this state." />
      ) : (
        <OutcomesTable outcomes={outcomes.items} />
      )}
      <Pager {...outcomes} one="person" many="people" hrefOf={(page) => address(path, { state: query.state, page })} />
    </div>
  );
}

export default async function RunPage({ params, searchParams }: ItemInput) {
  const { id } = await params;
  const operator = await requireOperator('runs:read', `/runs/${encodeURIComponent(id)}`);
  const query = await searchParams;
  const run = foundOr404(() => readRun(operator, { ...query, id }));
  const words = RUN_WORDS[run.status];
  return (
    <>
      <PageHeader
        title="Run"
        within={{ href: '/runs', word: 'Runs' }}
        lead={
          <>
            {words && <Badge tone={words.tone}>{words.word}</Badge>}
            <span>{utcText(run.startedAt ?? run.requestedAt)}</span>
            <code>{run.id}</code>
          </>
        }
      />
      <div className={styles.parts}>
        <div className={`${styles.parts} ${styles.beside}`}>
          <Panel
            title="The numbers"
            aside={
              <a href={`/api/runs/${run.id}/log`} download>
                Download the log
              </a>
            }
          >
            <div className={styles.stack}>
              <Ending run={run} />
              <Sums run={run} />
              {run.warnings.map((warning) => (
                <p key={warning}>
                  <strong>Warning: </strong>
                  {warning}
                </p>
              ))}
            </div>
          </Panel>
          <Panel title="About">
            <Facts facts={factsOf(run)} />
          </Panel>
        </div>
        <Outcomes run={run} />
      </div>
    </>
  );
}
