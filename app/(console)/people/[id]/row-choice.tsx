'use client';

import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import styles from './person.module.css';

interface Props {
  person: Pick<PersonDetail, 'id' | 'revision' | 'rowChoices'>;
  /** Why this operator may not choose; null: it may. */
  whyNot: string | null;
}

/** The rows that disagree, side by side, each with its choice. The server refuses a choice on facts that are no longer true. */
export function RowChoices({ person, whyNot }: Props) {
  const say = useWords('personCase');
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const choose = async (fileId: string, line: number) => {
    setBusy(true);
    const answer = await postJson('/api/people/choose-row', { id: person.id, revision: person.revision, fileId, line });
    setProblem(answer.ok ? '' : answer.message);
    setBusy(false);
    refresh();
  };
  return (
    <Panel title={say('rowsDisagree')}>
      <ul className={styles.choices}>
        {person.rowChoices.map((row) => (
          <li key={`${row.fileId} ${row.line}`} className={stack.stack}>
            <p>
              {say.parts('row', {
                name: row.fileName,
                line: row.line,
                file: (inside) => <Link href={`/files/${row.fileId}`}>{inside}</Link>,
                when: () => <Time at={row.receivedAt} />,
              })}
            </p>
            <Facts
              facts={[
                [say('name'), row.displayName],
                [say('employeeType'), row.employeeType],
                [say('usageLocation'), row.usageLocation ?? say('notGiven')],
              ]}
            />
            <div>
              <GuardedButton
                whyNot={whyNot}
                disabledFocusable={isBusy}
                aria-label={say('chooseRow', { line: row.line, file: row.fileName })}
                onClick={() => choose(row.fileId, row.line)}
              >
                {say('choose')}
              </GuardedButton>
            </div>
          </li>
        ))}
      </ul>
      <p role="status">{problem}</p>
    </Panel>
  );
}
