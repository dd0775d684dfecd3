import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import { strong } from '#components/text/strong.tsx';
import stack from '#components/ui/stack.module.css';
import { requestLanguage, words } from '#components/words/words.ts';
import type { CheckResult, CheckStatus } from '#lib/services/settings/setup.ts';
import { ENGLISH, type Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './findings.module.css';

export const CHECK_TONES: Record<CheckStatus, Tone> = { ok: 'good', warning: 'warn', failed: 'bad', skipped: 'quiet' };

/** Some checks are made of several things, each with a title of its own. */
function titleOf(say: Say<Words['checks']>, { code, title }: CheckResult): string {
  return title === ENGLISH.checks[code] ? say(code) : title;
}

/** What tests have found, each with what to do about it: as the test wrote it, in English. */
export async function Findings({ results }: { results: CheckResult[] }) {
  const [say, sayCheck, sayPerson] = [await words('setup'), await words('checks'), await words('person')];
  const lang = (await requestLanguage()) === 'en' ? undefined : 'en';
  return (
    <ul className={styles.findings}>
      {results.map((result) => (
        <li key={`${result.code} ${result.title}`} className={styles.finding}>
          <div className={styles.head}>
            <h3>{titleOf(sayCheck, result)}</h3>
            <Badge tone={CHECK_TONES[result.status]}>{say(`check.${result.status}`)}</Badge>
          </div>
          <p lang={lang}>{result.message}</p>
          {result.fix && <p className={stack.inset}>{sayPerson.parts('whatToDo', { fix: result.fix, strong })}</p>}
        </li>
      ))}
    </ul>
  );
}
