import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import { strong } from '#components/text/strong.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { CheckResult, CheckStatus } from '#lib/services/settings/setup.ts';
import styles from './findings.module.css';

export const CHECK_TONES: Record<CheckStatus, Tone> = { ok: 'good', warning: 'warn', failed: 'bad', skipped: 'quiet' };

/** What tests have found, each with what to do about it. */
export function Findings({ results }: { results: CheckResult[] }) {
  const [say, sayPerson] = [useWords('setup'), useWords('person')];
  return (
    <ul className={styles.findings}>
      {results.map(({ code, title, status, message, fix }) => (
        <li key={`${code} ${title}`} className={styles.finding}>
          <div className={styles.head}>
            <h3>{title}</h3>
            <Badge tone={CHECK_TONES[status]}>{say(`check.${status}`)}</Badge>
          </div>
          <p>{message}</p>
          {fix && <p className={stack.inset}>{sayPerson.parts('whatToDo', { fix, strong })}</p>}
        </li>
      ))}
    </ul>
  );
}
