/** “Why is there no mailbox?”: the causes that fit, each with the facts that were read, and who can mend it. */
import { AskButton } from '#components/controls/ask-button.tsx';
import { CopyButton } from '#components/controls/copy-button.tsx';
import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { DiagnosisDetail } from '#lib/services/diagnoses/diagnoses.ts';
import styles from './diagnosis-panel.module.css';

type Cause = DiagnosisDetail['causes'][number];

const STRENGTHS: Record<Cause['strength'], { label: string; tone: Tone }> = {
  conclusive: { label: 'Fits', tone: 'warn' },
  likely: { label: 'Likely', tone: 'info' },
  possible: { label: 'Possible', tone: 'quiet' },
};

function factsOf({ fix, mender, disproof }: Cause): Fact[] {
  return [
    ['How to mend it', fix],
    ['Who can', mender],
    ['It would not be this if', disproof],
  ];
}

function CauseBody({ cause }: { cause: Cause }) {
  return (
    <div className={stack.stack}>
      <ul className={styles.evidence} aria-label="What was read">
        {cause.evidence.map(({ fact, says }) => (
          <li key={`${fact} ${says}`}>
            <code>{fact}</code> {says}
          </li>
        ))}
      </ul>
      <Facts facts={factsOf(cause)} />
      {cause.links.length > 0 && (
        <p className={styles.links}>
          {cause.links.map(({ label, href }) => (
            <a key={label} href={href} target="_blank" rel="noreferrer">
              {label}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

function CauseTitle({ cause, isCertain }: { cause: Cause; isCertain: boolean }) {
  const { label, tone } = isCertain ? { label: 'Certain', tone: 'bad' as const } : STRENGTHS[cause.strength];
  return (
    <span className={styles.title}>
      {cause.title} <Badge tone={tone}>{label}</Badge>
    </span>
  );
}

function Unread({ diagnosis: { unread, verdict } }: { diagnosis: DiagnosisDetail }) {
  if (unread.length === 0) return null;
  return (
    <div className={styles.unread}>
      <p>Not read{verdict === 'likely' ? ', so that other causes cannot be ruled out' : ''}:</p>
      <ul>
        {unread.map(({ what, why }) => (
          <li key={what}>
            {what}: {why}
          </li>
        ))}
      </ul>
    </div>
  );
}

function leadText({ verdict, causes }: DiagnosisDetail): string {
  if (verdict === 'mailbox_open') return 'The mailbox answers: nothing is missing.';
  if (verdict === 'certain') return 'One cause alone fits what was read.';
  if (verdict === 'unknown') return 'Nothing that was read explains it. The packet below is for Microsoft’s support.';
  return causes.length === 1 ? 'One cause fits, but not beyond doubt.' : 'Several causes fit, the likeliest first.';
}

function Verdict({ diagnosis }: { diagnosis: DiagnosisDetail }) {
  const { causes, verdict, packet, finishedAt, requestedBy, isOutdated } = diagnosis;
  const [first, ...others] = causes;
  const isCertain = verdict === 'certain';
  return (
    <div className={stack.parts}>
      <p className="muted">
        {leadText(diagnosis)}{' '}
        {finishedAt !== null && (
          <>
            Read <Time at={finishedAt} />
          </>
        )}
        {requestedBy === 'engine' ? ', because the mailbox was late.' : `, for ${requestedBy}.`}
      </p>
      {isOutdated && <p role="status">The person has moved on since then: look again.</p>}
      {first && (
        <section className={styles.cause} aria-label="The likeliest cause">
          <h3>
            <CauseTitle cause={first} isCertain={isCertain} />
          </h3>
          <CauseBody cause={first} />
        </section>
      )}
      {others.map((cause) => (
        <details key={cause.code} className={styles.cause}>
          <summary>
            <CauseTitle cause={cause} isCertain={false} />
          </summary>
          <CauseBody cause={cause} />
        </details>
      ))}
      <Unread diagnosis={diagnosis} />
      {packet !== null && verdict !== 'mailbox_open' && (
        <details>
          <summary>Packet for Microsoft’s support</summary>
          <div className={stack.stack}>
            <div>
              <CopyButton text={packet}>Copy the packet</CopyButton>
            </div>
            <pre className={stack.inset}>{packet}</pre>
          </div>
        </details>
      )}
    </div>
  );
}

function Content({ diagnosis }: { diagnosis: DiagnosisDetail | null }) {
  if (diagnosis === null)
    return (
      <Nothing title="Not looked into yet">
        <p className="muted">
          “Find the cause” reads account, licences, addresses, deleted users, synchronisation and Exchange Online. It
          changes nothing in Microsoft 365.
        </p>
      </Nothing>
    );
  if (diagnosis.finishedAt === null) return <p className="muted">Reading from Microsoft 365 …</p>;
  if (diagnosis.problem !== null) return <p role="alert">It could not be read: {diagnosis.problem}</p>;
  return <Verdict diagnosis={diagnosis} />;
}

interface Props {
  userPrincipalName: string;
  /** Null: nobody has asked. */
  diagnosis: DiagnosisDetail | null;
  /** Why this operator may not ask; null: it may. */
  whyNot: string | null;
}

export function DiagnosisPanel({ userPrincipalName, diagnosis, whyNot }: Props) {
  const isUnderWay = diagnosis !== null && diagnosis.finishedAt === null;
  const label = diagnosis === null ? 'Find the cause' : 'Look again';
  const button = (
    <AskButton
      to="/api/diagnoses"
      body={{ userPrincipalName }}
      underWay="Reading …"
      label={label}
      whyNot={whyNot}
      isUnderWay={isUnderWay}
    />
  );
  return (
    <Panel title="Why is there no mailbox?" aside={button}>
      {isUnderWay && <KeepFresh since={diagnosis.requestedAt} />}
      <Content diagnosis={diagnosis} />
    </Panel>
  );
}
