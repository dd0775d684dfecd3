/** The way from the file to the mailbox, step by step, with how long each took. */
import { CheckCircleIcon } from '@primer/octicons-react/CheckCircleIcon';
import { CircleIcon } from '@primer/octicons-react/CircleIcon';
import { spanText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import styles from './person.module.css';

interface Step {
  label: string;
  /** Null: not yet, or not by us. */
  at: number | null;
  note?: string;
}

function stepsOf(person: PersonDetail): Step[] {
  const hadMailbox = person.state === 'already_provisioned';
  return [
    { label: 'Named by a file', at: person.firstSeenAt },
    { label: 'Account found in Microsoft 365', at: person.synchronisedAt },
    hadMailbox
      ? { label: 'No licence from us', at: null, note: 'not needed: it had a mailbox' }
      : { label: 'Licence assigned and read back', at: person.licensedAt },
    { label: 'Mailbox answered', at: person.mailboxReadyAt },
  ];
}

/** Time since the step before; null for the first, and where one of the two is not known. */
function took(steps: readonly Step[], index: number): number | null {
  const at = steps[index]?.at ?? null;
  const before = steps.slice(0, index).findLast((step) => step.at !== null)?.at ?? null;
  return at === null || before === null ? null : Math.max(0, at - before);
}

export function Steps({ person }: { person: PersonDetail }) {
  const say = useWords('time');
  const [source] = person.sources;
  const steps = stepsOf(person);
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => {
        const ms = took(steps, index);
        const Icon = step.at === null ? CircleIcon : CheckCircleIcon;
        return (
          <li key={step.label} className={step.at === null ? styles.open : undefined}>
            <Icon aria-hidden="true" />
            <span>
              <strong>{step.label}</strong>
              {index === 0 && source && (
                <>
                  {' '}
                  <Link href={`/files/${source.fileId}`}>{source.fileName}</Link>, line {source.line}
                </>
              )}
            </span>
            <span className="muted">
              {step.at === null ? (step.note ?? 'not yet') : <Time at={step.at} />}
              {ms !== null && `, after ${spanText(say, ms)}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
