/** “Why is there no mailbox?”: the causes that fit, each with the facts that were read, and who can mend it. */
import { AskButton } from '#components/controls/ask-button.tsx';
import { CopyButton } from '#components/controls/copy-button.tsx';
import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { DiagnosisDetail } from '#lib/services/diagnoses/diagnoses.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './diagnosis-panel.module.css';

type Cause = DiagnosisDetail['causes'][number];

type SayDiagnosis = Say<Words['diagnosis']>;

const TONES: Record<Cause['strength'], Tone> = { conclusive: 'warn', likely: 'info', possible: 'quiet' };

function factsOf(say: SayDiagnosis, { fix, mender, disproof }: Cause): Fact[] {
  return [
    [say('fix'), fix],
    [say('mender'), mender],
    [say('disproof'), disproof],
  ];
}

function CauseBody({ cause }: { cause: Cause }) {
  const say = useWords('diagnosis');
  return (
    <div className={stack.stack}>
      <ul className={styles.evidence} aria-label={say('whatWasRead')}>
        {cause.evidence.map(({ fact, says }) => (
          <li key={`${fact} ${says}`}>
            <code>{fact}</code> {says}
          </li>
        ))}
      </ul>
      <Facts facts={factsOf(say, cause)} />
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
  const say = useWords('diagnosis');
  return (
    <span className={styles.title}>
      {cause.title}{' '}
      <Badge tone={isCertain ? 'bad' : TONES[cause.strength]}>
        {say(isCertain ? 'certain' : `strength.${cause.strength}`)}
      </Badge>
    </span>
  );
}

function Unread({ diagnosis: { unread, verdict } }: { diagnosis: DiagnosisDetail }) {
  const say = useWords('diagnosis');
  if (unread.length === 0) return null;
  return (
    <div className={styles.unread}>
      <p>{say(verdict === 'likely' ? 'notReadLikely' : 'notRead')}</p>
      <ul>
        {unread.map(({ what, why }) => (
          <li key={what}>{say('unread', { what, why })}</li>
        ))}
      </ul>
    </div>
  );
}

function leadText(say: SayDiagnosis, { verdict, causes }: DiagnosisDetail): string {
  if (verdict === null || verdict === 'likely') return say('verdict.likely', { n: causes.length });
  return say(`verdict.${verdict}`);
}

function Verdict({ diagnosis, readAt }: { diagnosis: DiagnosisDetail; readAt: number }) {
  const say = useWords('diagnosis');
  const { causes, verdict, packet, requestedBy, isOutdated } = diagnosis;
  const when = () => <Time at={readAt} />;
  const [first, ...others] = causes;
  const isCertain = verdict === 'certain';
  return (
    <div className={stack.parts}>
      <p className="muted">
        {leadText(say, diagnosis)}{' '}
        {requestedBy === 'engine'
          ? say.parts('readForEngine', { when })
          : say.parts('readFor', { when, name: requestedBy })}
      </p>
      {isOutdated && <p role="status">{say('movedOn')}</p>}
      {first && (
        <section className={styles.cause} aria-label={say('likeliest')}>
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
          <summary>{say('packet')}</summary>
          <div className={stack.stack}>
            <div>
              <CopyButton text={packet}>{say('copyPacket')}</CopyButton>
            </div>
            <pre className={stack.inset}>{packet}</pre>
          </div>
        </details>
      )}
    </div>
  );
}

function Content({ diagnosis }: { diagnosis: DiagnosisDetail | null }) {
  const say = useWords('diagnosis');
  if (diagnosis === null)
    return (
      <p className="muted">
        {say('notYet')}. {say('whatIsRead')}
      </p>
    );
  if (diagnosis.finishedAt === null) return <p className="muted">{say('reading')}</p>;
  if (diagnosis.problem !== null) return <p role="alert">{say('notReadable', { problem: diagnosis.problem })}</p>;
  return <Verdict diagnosis={diagnosis} readAt={diagnosis.finishedAt} />;
}

interface Props {
  userPrincipalName: string;
  /** Null: nobody has asked. */
  diagnosis: DiagnosisDetail | null;
  /** Why this operator may not ask; null: it may. */
  whyNot: string | null;
}

export function DiagnosisPanel({ userPrincipalName, diagnosis, whyNot }: Props) {
  const say = useWords('diagnosis');
  const title = useWords('navigation')('diagnosis');
  const isUnderWay = diagnosis !== null && diagnosis.finishedAt === null;
  const label = say(diagnosis === null ? 'findCause' : 'lookAgain');
  const button = (
    <AskButton
      to="/api/diagnoses"
      body={{ userPrincipalName }}
      underWay={say('readingNow')}
      label={label}
      whyNot={whyNot}
      isUnderWay={isUnderWay}
    />
  );
  return (
    <Panel title={title} aside={button}>
      {isUnderWay && <KeepFresh since={diagnosis.requestedAt} />}
      <Content diagnosis={diagnosis} />
    </Panel>
  );
}
