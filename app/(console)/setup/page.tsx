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
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import { type RunDetail, readRun } from '#lib/services/runs/runs.ts';
import { type CheckDetail, readSetup, type SetupDetail } from '#lib/services/settings/setup.ts';
import { DryRun } from './dry-run.tsx';
import { OnPremisesQuestion } from './on-premises-question.tsx';
import styles from './setup.module.css';
import { SetupSteps } from './setup-steps.tsx';
import { STEPS, type StepLabels, stepHref } from './steps.ts';

export const metadata: Metadata = { title: 'Set-up' };

const FIRST: StepLabels = STEPS[0] ?? { step: 'connect', label: '', lead: '', places: [] };

/** The current settings of a step in a sentence, where it has any. */
function currentText({ dropFolder, plan, safetyLimit, reportRecipients }: SetupDetail, step: string): string | null {
  switch (step) {
    case 'folder':
      return `Now: ${dropFolder}`;
    case 'schedule':
      return `Now: ${plan.text} (${plan.timeZone})${plan.paused ? ', paused' : ''}; ${safetyLimit === 0 ? 'no safety limit' : `at most ${safetyLimit} people in 24 hours`}.`;
    case 'reports':
      return `Now: ${reportRecipients.length === 0 ? 'reports have no recipients' : `to ${reportRecipients.join(', ')}`}.`;
    default:
      return null;
  }
}

function Tested({ check, step }: { check: CheckDetail | null; step: string }) {
  const results = check?.steps.find((one) => one.step === step)?.results ?? [];
  if (results.length > 0) return <Findings results={results} />;
  if (check && check.finishedAt === null) return <p className="muted">Testing …</p>;
  return (
    <Nothing title="Not tested yet">
      <p className="muted">“Test everything” takes a few seconds and changes nothing in Microsoft 365.</p>
    </Nothing>
  );
}

function Onwards({ step }: { step: StepLabels }) {
  const index = STEPS.indexOf(step);
  const [before, after] = [STEPS[index - 1], STEPS[index + 1]];
  return (
    <nav aria-label="Steps before and after" className={styles.onwards}>
      {before ? <Link href={stepHref(before.step)}>← {before.label}</Link> : <span />}
      {after ? <Link href={stepHref(after.step)}>{after.label} →</Link> : <Link href="/">Done: to the overview →</Link>}
    </nav>
  );
}

function HeaderLead({ setup: { check, tenantMode } }: { setup: SetupDetail }) {
  const demo =
    tenantMode === 'demo'
      ? ' This is the demo tenant: there is nothing to set up, and everything can be tried out.'
      : '';
  if (!check) return <p>Seven steps to the first dry run, each tested against your tenant.{demo}</p>;
  return (
    <p>
      {check.summary ?? 'Testing …'} Tested by {check.requestedBy} <Time at={check.requestedAt} />.{demo}
    </p>
  );
}

/** The run that the address names; null for none, or for one that is not there. */
function namedRun(operator: Parameters<typeof readRun>[0], id: unknown): RunDetail | null {
  if (typeof id !== 'string') return null;
  try {
    return readRun(operator, { id });
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

export default async function SetupPage({ searchParams }: PageInput) {
  const operator = await requireOperator('setup:check', '/setup');
  const { step: wanted, run: runId } = await searchParams;
  const words = STEPS.find(({ step }) => step === wanted) ?? FIRST;
  const setup = readSetup(operator);
  const { check } = setup;
  const isUnderWay = check !== null && check.finishedAt === null;
  const now = currentText(setup, words.step);
  const mayStart = whyNot(operator.role, 'runs:start');
  return (
    <>
      <PageHeader
        help="setup"
        title="Set-up"
        within={{ href: '/settings', label: 'Settings' }}
        lead={<HeaderLead setup={setup} />}
        actions={
          <TestSetup label={check ? 'Test again' : 'Test everything'} whyNot={null} isUnderWay={isUnderWay} isPrimary />
        }
      />
      {isUnderWay && <KeepFresh since={check.requestedAt} />}
      <div className={styles.layout}>
        <SetupSteps check={check} current={words.step} />
        <Panel title={words.label}>
          <div className={stack.parts}>
            <p className={styles.lead}>{words.lead}</p>
            {(now || words.places.length > 0) && (
              <div className={styles.places}>
                {now && <span className="muted">{now}</span>}
                {words.places.map(({ href, label }) => (
                  <Link key={href} href={href}>
                    {label}
                  </Link>
                ))}
              </div>
            )}
            {words.step === 'licences' && <OnPremisesQuestion licensesAccounts={setup.licenseAccountsWithAddress} />}
            {words.step === 'dry-run' ? (
              <DryRun run={namedRun(operator, runId)} whyNot={mayStart} />
            ) : (
              <Tested check={check} step={words.step} />
            )}
            <Onwards step={words} />
          </div>
        </Panel>
      </div>
    </>
  );
}
