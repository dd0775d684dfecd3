import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { Findings } from '#components/setup/findings.tsx';
import { TestSetup } from '#components/setup/test-setup.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { ServiceError, whyNot } from '#lib/services/http/errors.ts';
import { type RunDetail, readRun } from '#lib/services/runs/runs.ts';
import { type CheckDetail, readSetup, type SetupDetail, type SetupStep } from '#lib/services/settings/setup.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { Say } from '#lib/words/say.ts';
import { DryRun } from './dry-run.tsx';
import { OnPremisesQuestion } from './on-premises-question.tsx';
import styles from './setup.module.css';
import { SetupSteps } from './setup-steps.tsx';
import { placesOf, STEPS, stepHref } from './steps.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('setup'))('title') };
}

type SaySetup = Say<Words['setup']>;

function scheduleText(say: SaySetup, { plan, safetyLimit }: SetupDetail): string {
  const now = say(plan.paused ? 'nowPaused' : 'nowSchedule', { schedule: plan.text, zone: plan.timeZone });
  return `${now} ${safetyLimit === 0 ? say('noLimit') : say('limit', { n: safetyLimit })}`;
}

/** The current settings of a step in words, where it has any. */
function currentText(say: SaySetup, setup: SetupDetail, step: SetupStep): string | null {
  const { dropFolder, reportRecipients } = setup;
  switch (step) {
    case 'folder':
      return say('nowFolder', { folder: dropFolder });
    case 'schedule':
      return scheduleText(say, setup);
    case 'reports':
      return reportRecipients.length === 0
        ? say('noRecipients')
        : say('nowReports', { recipients: reportRecipients.join(', ') });
    default:
      return null;
  }
}

function Places({ step, now }: { step: SetupStep; now: string | null }) {
  const say = useWords('setup');
  const places = placesOf(step);
  if (now === null && places.length === 0) return null;
  return (
    <div className={styles.places}>
      {now !== null && <span className="muted">{now}</span>}
      {places.map(({ place, href }) => (
        <Link key={href} href={href}>
          {say(`place.${place}`)}
        </Link>
      ))}
    </div>
  );
}

function Tested({ check, step }: { check: CheckDetail | null; step: SetupStep }) {
  const say = useWords('setup');
  const results = check?.steps.find((one) => one.step === step)?.results ?? [];
  if (results.length > 0) return <Findings results={results} />;
  if (check && check.finishedAt === null) return <p className="muted">{say('testing')}</p>;
  return <Nothing title={say('notTested')} why={say('testMeans')} action={null} />;
}

function Onwards({ step }: { step: SetupStep }) {
  const say = useWords('setup');
  const index = STEPS.indexOf(step);
  const [before, after] = [STEPS[index - 1], STEPS[index + 1]];
  return (
    <nav aria-label={say('beforeAndAfter')} className={styles.onwards}>
      {before ? <Link href={stepHref(before)}>{say('stepBefore', { step: say(`step.${before}`) })}</Link> : <span />}
      {after ? (
        <Link href={stepHref(after)}>{say('stepAfter', { step: say(`step.${after}`) })}</Link>
      ) : (
        <Link href="/">{say('done')}</Link>
      )}
    </nav>
  );
}

function LastTest({ check }: { check: CheckDetail | null }) {
  const say = useWords('setup');
  if (!check) return say('lead');
  const { summary, requestedBy: name, requestedAt } = check;
  if (summary === null) return say('testing');
  return say.parts('testedBy', { summary, name, when: () => <Time at={requestedAt} /> });
}

function HeaderLead({ setup: { check, tenantMode } }: { setup: SetupDetail }) {
  const say = useWords('setup');
  return (
    <p>
      <LastTest check={check} />
      {tenantMode === 'demo' && ` ${say('demo')}`}
    </p>
  );
}

/** The run that the address names; null for none, or for one that is not there. */
function namedRun(operator: Parameters<typeof readRun>[0], id: unknown, language: Language): RunDetail | null {
  if (typeof id !== 'string') return null;
  try {
    return readRun(operator, { id }, language);
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

export default async function SetupPage({ searchParams }: PageInput) {
  const operator = await requireOperator('setup:check', '/setup');
  const { step: wanted, run: runId } = await searchParams;
  const step = STEPS.find((one) => one === wanted) ?? 'connect';
  const say = await words('setup');
  const language = await requestLanguage();
  const setup = readSetup(operator, language);
  const { check } = setup;
  const isUnderWay = check !== null && check.finishedAt === null;
  const mayStart = whyNot(operator.role, 'runs:start', language);
  return (
    <>
      <PageHeader
        help="setup"
        title={say('title')}
        within={{ href: '/settings', label: (await words('navigation'))('settings') }}
        lead={<HeaderLead setup={setup} />}
        actions={
          <TestSetup
            label={say(check ? 'testAgain' : 'testEverything')}
            whyNot={null}
            isUnderWay={isUnderWay}
            isPrimary
          />
        }
      />
      {isUnderWay && <KeepFresh since={check.requestedAt} />}
      <div className={styles.layout}>
        <SetupSteps check={check} current={step} />
        <Panel title={say(`step.${step}`)}>
          <div className={stack.parts}>
            <p className={styles.lead}>{say(`lead.${step}`)}</p>
            <Places step={step} now={currentText(say, setup, step)} />
            {step === 'licences' && <OnPremisesQuestion licensesAccounts={setup.licenseAccountsWithAddress} />}
            {step === 'dry-run' ? (
              <DryRun run={namedRun(operator, runId, language)} whyNot={mayStart} />
            ) : (
              <Tested check={check} step={step} />
            )}
            <Onwards step={step} />
          </div>
        </Panel>
      </div>
    </>
  );
}
