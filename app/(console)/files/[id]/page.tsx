import type { Metadata } from 'next';
import { sizeText, sourceText } from '#app/(console)/files/file-labels.ts';
import { foundOr404, onceFor } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { Badge } from '#components/people/badge.tsx';
import { fileStatus } from '#components/people/state-labels.ts';
import { stateParts } from '#components/people/state-parts.ts';
import { IntakeProgress } from '#components/runs/measured-progress.tsx';
import { ReRun } from '#components/runs/re-run/re-run.tsx';
import { isRunAgain } from '#components/runs/re-run/run-again.ts';
import { RunSomeAgain } from '#components/runs/re-run/run-some-again.tsx';
import { ReconciliationSum } from '#components/runs/row-reconciliation.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { Sum } from '#components/runs/sum.tsx';
import { address } from '#components/text/address.ts';
import { strong } from '#components/text/strong.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { Sentence } from '#components/words/sentence.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { readFilePeople } from '#lib/services/files/file-people.ts';
import { comparePlan } from '#lib/services/files/file-plan.ts';
import { type FileDetail, readFile } from '#lib/services/files/files.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { readReRun } from '#lib/services/runs/re-run.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { PeopleAndRows, showsPeople } from './people-and-rows.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { OriginalLink, ResultsLink } from './results-link.tsx';
import { StayedOut } from './stayed-out.tsx';

const load = onceFor(async (id, query) => {
  const operator = await requireOperator('files:read', `/files/${encodeURIComponent(id)}`);
  const language = await requestLanguage();
  return { operator, query, file: foundOr404(() => readFile(operator, { ...query, id }, language)) };
});

export async function generateMetadata(input: ItemInput): Promise<Metadata> {
  const { file } = await load(input);
  return { title: file.name };
}

const DELIMITERS = new Map<string, 'comma' | 'semicolon' | 'tab' | 'bar'>([
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
]);

type SayFiles = Say<Words['files']>;

function delimiterText(say: SayFiles, delimiter: string): string {
  const name = DELIMITERS.get(delimiter);
  return name ? say(name) : delimiter;
}

function formatFacts(say: SayFiles, { encoding, delimiter }: FileDetail): Fact[] {
  if (encoding === 'XLSX') return [[say('format'), say('workbook')]];
  return [
    [say('encoding'), encoding],
    [say('delimiter'), delimiter && delimiterText(say, delimiter)],
  ];
}

function factsOf(say: SayFiles, file: FileDetail): Fact[] {
  return [
    [say('from'), sourceText(say, file)],
    [say('received'), <Time key="received" at={file.receivedAt} />],
    [say('importedBy'), file.runId && <RunLink key="run" id={file.runId} number={file.runNumber} />],
    [say('storedAs'), file.storedName],
    [say('size'), sizeText(say, file.sizeBytes)],
    ...formatFacts(say, file),
    [say('sha256'), <code key="sha256">{file.sha256}</code>],
  ];
}

function Numbers({ file }: { file: FileDetail }) {
  const say = useWords('files');
  const sayCounted = useWords('counted');
  if (file.status === 'importing')
    return (
      <div className={styles.stack}>
        <IntakeProgress rows={file.rows} total={file.rowsTotal} />
        <p>{say('importing')}</p>
        {/* The page that is rendered next says again since when. */}
        <KeepFresh since={Date.now()} />
      </div>
    );
  if (file.problem) {
    const { line, column, ...why } = file.problem;
    const problem = () => <Sentence {...why} />;
    return (
      <p>
        {column === null
          ? say.parts('wholeRejected', { line: String(line), problem, strong })
          : say.parts('wholeRejectedAt', { line: String(line), column, problem, strong })}
      </p>
    );
  }
  return (
    <div className={styles.stack}>
      <ReconciliationSum rows={file.reconciliation} label={say('row', { n: file.rows })} fileId={file.id} />
      {(file.people > 0 || file.unchanged === 0) && (
        <Sum
          total={{
            n: file.people,
            label: say(file.unchanged > 0 ? 'otherPeopleNow' : 'peopleNow', { n: file.people }),
          }}
          parts={stateParts(sayCounted, file.byState)}
        />
      )}
      {file.unchanged > 0 && <p>{say('repeats', { n: file.unchanged })}</p>}
      {file.people > 0 && (
        <p>
          <Link href={address('/people', { file: file.id })}>{say('showPeople')}</Link>
        </p>
      )}
    </div>
  );
}

export default async function FilePage(input: ItemInput) {
  const { operator, query, file } = await load(input);
  const language = await requestLanguage();
  const again = file.people > 0 && !file.isLong ? readReRun(operator, { of: { fileId: file.id } }, language) : null;
  const wasRunAgain = again?.attempts.runs.some(isRunAgain) ?? false;
  const people = showsPeople(file, query, wasRunAgain)
    ? readFilePeople(operator, { id: file.id, page: query.page, all: query.all }, language)
    : null;
  const say = await words('files');
  const plan = comparePlan(operator, { id: file.id }, language);
  const status = fileStatus(await words('documents'), file);
  return (
    <>
      <PageHeader
        help="files"
        title={file.name}
        within={{ href: '/files', label: say('title') }}
        lead={<Badge tone={status.tone}>{status.label}</Badge>}
        actions={
          <>
            {file.storedName !== null && file.problem?.signature === undefined && <OriginalLink fileId={file.id} />}
            {file.status === 'accepted' && <ResultsLink fileId={file.id} />}
          </>
        }
      />
      <div className={styles.parts}>
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Panel title={say(file.problem ? 'whyNobody' : 'numbers')}>
              <Numbers file={file} />
            </Panel>
            <StayedOut file={file} role={operator.role} />
            {file.notes.length > 0 && (
              <Panel title={say('howRead')}>
                <ul>
                  {file.notes.map(({ lang, message }) => (
                    <li key={message} lang={lang}>
                      <VisibleText text={message} />
                    </li>
                  ))}
                </ul>
              </Panel>
            )}
            {plan && <PlanPanel plan={plan} />}
            {file.isLong && file.people > 0 && <RunSomeAgain of="file" href={address('/people', { file: file.id })} />}
            {again && (
              <ReRun
                again={again}
                whyNot={whyNot(operator.role, 'runs:start', language)}
                choose={address('/people', { file: file.id })}
                isLead={file.openCases === 0}
              />
            )}
          </div>
          <Panel title={say('about')}>
            <Facts facts={factsOf(say, file)} />
          </Panel>
        </div>
        <PeopleAndRows file={file} people={people} query={query} />
      </div>
    </>
  );
}
