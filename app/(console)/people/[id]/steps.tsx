/** The way from the file to the mailbox, step by step, with how long each took. */
import { CheckCircleIcon } from '@primer/octicons-react/CheckCircleIcon';
import { CircleIcon } from '@primer/octicons-react/CircleIcon';
import { spanText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './person.module.css';

interface Step {
  label: string;
  /** Null: not yet, or not by us. */
  at: number | null;
  note?: string;
}

function stepsOf(say: Say<Words['person']>, person: PersonDetail): Step[] {
  const hadMailbox = person.state === 'already_provisioned';
  return [
    { label: say('step.named'), at: person.firstSeenAt },
    { label: say('step.found'), at: person.synchronisedAt },
    hadMailbox
      ? { label: say('step.noLicence'), at: null, note: say('notNeeded') }
      : { label: say('step.licensed'), at: person.licensedAt },
    { label: say('step.opened'), at: person.mailboxReadyAt },
  ];
}

/** Time since the step before; null for the first, and where one of the two is not known. */
function took(steps: readonly Step[], index: number): number | null {
  const at = steps[index]?.at ?? null;
  const before = steps.slice(0, index).findLast((step) => step.at !== null)?.at ?? null;
  return at === null || before === null ? null : Math.max(0, at - before);
}

export function Steps({ person }: { person: PersonDetail }) {
  const say = useWords('person');
  const sayTime = useWords('time');
  const [source] = person.sources;
  const steps = stepsOf(say, person);
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
                  {say.parts('lineOf', {
                    name: source.fileName,
                    line: source.line,
                    file: (inside) => <Link href={`/files/${source.fileId}`}>{inside}</Link>,
                  })}
                </>
              )}
            </span>
            <span className="muted">
              {step.at === null ? (step.note ?? say('notYet')) : <Time at={step.at} />}
              {ms !== null && say('after', { span: spanText(sayTime, ms) })}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
