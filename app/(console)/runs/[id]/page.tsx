import type { Metadata } from 'next';
import { endingTitle, runTitle, tookMs, triggerText } from '#app/(console)/runs/run-labels.ts';
import { foundOr404, onceFor } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Badge } from '#components/people/badge.tsx';
import { runStatus } from '#components/people/state-labels.ts';
import { AttemptsPanel } from '#components/runs/attempts-panel.tsx';
import { OutcomeBar } from '#components/runs/outcome-bar.tsx';
import { ReRun } from '#components/runs/re-run/re-run.tsx';
import { RunSomeAgain } from '#components/runs/re-run/run-some-again.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { RunProgress } from '#components/runs/run-progress.tsx';
import { address } from '#components/text/address.ts';
import { strong } from '#components/text/strong.tsx';
import { durationText } from '#components/text/time-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Moment, Time } from '#components/ui/time.tsx';
import { reasonWords } from '#components/words/reasons.ts';
import { Sentence } from '#components/words/sentence.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { countByOutcome } from '#lib/domain/time/trends.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { readReRun } from '#lib/services/runs/re-run.ts';
import { type RunDetail, readRun } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import { inWords, type SayReason } from '#lib/words/reasons.ts';
import type { Say } from '#lib/words/say.ts';
import { CancelRun } from './cancel-run.tsx';
import { DryRunPanel } from './dry-run-panel.tsx';
import { Outcomes } from './outcomes.tsx';
import { Sums } from './sums.tsx';

function runInWords(say: SayReason, run: RunDetail): RunDetail {
  const items = run.outcomes.items.map((outcome) => inWords(say, outcome));
  const dry = run.dry && {
    groups: run.dry.groups.map((group) => ({ ...group, title: say.title(group.reason) })),
    outcomes: { ...run.dry.outcomes, items: run.dry.outcomes.items.map((outcome) => inWords(say, outcome)) },
  };
  return { ...run, reasonTitle: run.reason && say.runTitle(run.reason), outcomes: { ...run.outcomes, items }, dry };
}

const load = onceFor(async (id, query) => {
  const operator = await requireOperator('runs:read', `/runs/${encodeURIComponent(id)}`);
  const language = await requestLanguage();
  const run = foundOr404(() => readRun(operator, { ...query, id }, language));
  return { operator, query, run: runInWords(await reasonWords(), run) };
});

export async function generateMetadata(input: ItemInput): Promise<Metadata> {
  const { run } = await load(input);
  return { title: runTitle(await words('runs'), run) };
}

const TRAFFIC = ['requests', 'subRequests', 'writes', 'throttled', 'retried', 'resourceUnits'] as const;

interface RunWords {
  run: Say<Words['run']>;
  runs: Say<Words['runs']>;
  time: Say<Words['time']>;
}

function ofWhat(say: Say<Words['run']>, { selection, ofRunNumber, ofFileName }: RunDetail) {
  if (selection?.ofRunId) return <RunLink id={selection.ofRunId} number={ofRunNumber} />;
  if (selection?.ofFileId) return <Link href={`/files/${selection.ofFileId}`}>{ofFileName ?? say('thisFile')}</Link>;
  return null;
}

function factsOf({ run: say, runs, time }: RunWords, run: RunDetail): Fact[] {
  const took = tookMs(run);
  return [
    [say('startedBy'), triggerText(runs, run)],
    [say(run.selection?.kind === 'imported' ? 'upload' : 'reRunOf'), ofWhat(say, run)],
    [say('started'), run.startedAt === null ? say('notYet') : <Time key="started" at={run.startedAt} />],
    [say('ended'), run.finishedAt === null ? say('notYet') : <Time key="ended" at={run.finishedAt} />],
    [say('took'), took === null ? null : durationText(time, took)],
    ...TRAFFIC.map((name): Fact => [say(name), run.traffic[name] || null]),
  ];
}

function Ending({ run }: { run: RunDetail }) {
  const say = useWords('run');
  if (run.finishedAt === null)
    return (
      <>
        <RunProgress id={run.id} status={run.status} done={run.peopleDone} due={run.peopleDue} />
        {run.cancelRequestedBy && <p>{say('cancelledBy', { name: run.cancelRequestedBy })}</p>}
      </>
    );
  if (run.message === null) return null;
  const title = endingTitle(run.reasonTitle, run.message);
  return (
    <p>
      {title && <strong>{title}. </strong>}
      <span lang={run.lang}>
        <VisibleText text={run.message} />
      </span>
    </p>
  );
}

function Numbers({ run }: { run: RunDetail }) {
  const say = useWords('run');
  const log = !run.dryRun && (
    <a href={`/api/runs/${run.id}/log`} download>
      {say('log')}
    </a>
  );
  return (
    <Panel title={say('numbers')} aside={log}>
      <div className={styles.stack}>
        <Ending run={run} />
        <OutcomeBar sums={countByOutcome(run.counts)} />
        <Sums run={run} />
        {run.dry && <p>{say('dryChangesNothing')}</p>}
        {run.warnings.map((warning) => (
          <p key={warning.message}>{say.parts('warning', { warning: () => <Sentence {...warning} />, strong })}</p>
        ))}
      </div>
    </Panel>
  );
}

export default async function RunPage(input: ItemInput) {
  const { operator, query, run } = await load(input);
  const again =
    run.dryRun || run.isLong
      ? null
      : readReRun(operator, { of: { runId: run.id }, page: query.attempts, all: query.all }, await requestLanguage());
  const status = runStatus(await words('states'), run);
  const say = await words('run');
  const sayRuns = await words('runs');
  const isOver = run.finishedAt !== null;
  const noStart = whyNot(operator.role, 'runs:start', await requestLanguage());
  return (
    <>
      <PageHeader
        help="runs"
        title={runTitle(sayRuns, run)}
        within={{ href: '/runs', label: sayRuns('caption') }}
        lead={
          <>
            <Badge tone={status.tone}>{status.label}</Badge>
            <Moment at={run.startedAt ?? run.requestedAt} />
            <code>{run.id}</code>
          </>
        }
        actions={!isOver && run.cancelRequestedBy === null && <CancelRun id={run.id} whyNot={noStart} />}
      />
      <div className={styles.parts}>
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Numbers run={run} />
            {run.isLong && isOver && <RunSomeAgain of="run" href={address('/people', { run: run.id })} />}
            {again && isOver && run.reconciliation.peopleChecked > 0 && (
              <ReRun again={again} whyNot={noStart} choose={address('/people', { run: run.id })} />
            )}
          </div>
          <Panel
            title={say('about')}
            aside={
              <a href={address('/api/history/evidence', { runId: run.id })} download>
                {say('evidence')}
              </a>
            }
          >
            <Facts facts={factsOf({ run: say, runs: sayRuns, time: await words('time') }, run)} />
          </Panel>
        </div>
        {again && (
          <AttemptsPanel
            attempts={again.attempts}
            runId={run.id}
            hrefOf={(attempts) =>
              address(`/runs/${run.id}`, {
                state: run.query.state,
                page: run.query.page,
                attempts,
                all: query.all === '1' ? 1 : null,
              })
            }
            everyAttempt={address(`/runs/${run.id}`, { all: 1 })}
          />
        )}
        {run.dry ? (
          <DryRunPanel run={run} dry={run.dry} />
        ) : (
          <Outcomes run={run} again={isOver ? again : null} whyNot={noStart} />
        )}
      </div>
    </>
  );
}
