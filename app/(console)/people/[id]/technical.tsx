/** For a support case with Microsoft: ids, calls and answers, to be copied. */

import { CopyButton } from '#components/controls/copy-button.tsx';
import { durationText, utcText } from '#components/text/time-text.ts';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { Call, PersonDetail } from '#lib/services/people/people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './person.module.css';

function callText(say: Say<Words['time']>, call: Call): string {
  return [
    call.at !== null && utcText(say, call.at),
    `${call.call} → ${call.status ?? 'no answer'}${call.code ? ` ${call.code}` : ''}`,
    call.said,
    call.requestId && `request-id ${call.requestId}`,
    call.clientRequestId && `client-request-id ${call.clientRequestId}`,
    call.durationMs !== null && durationText(say, call.durationMs),
  ]
    .filter(Boolean)
    .join('\n  ');
}

export function Technical({ person }: { person: PersonDetail }) {
  const say = useWords('time');
  const calls = person.timeline.flatMap((entry) => entry.calls);
  const text = calls.map((call) => callText(say, call)).join('\n');
  const facts: Fact[] = [
    ['Person', `${person.id}, revision ${person.revision}`],
    ['Account id', person.accountId],
    ['State and reason', `${person.state}, ${person.reason}`],
    ['Checks', `${person.checks}${person.mailboxChecks > 0 ? `, ${person.mailboxChecks} of them of the mailbox` : ''}`],
  ];
  return (
    <div className={styles.technical}>
      <Facts facts={facts} />
      {calls.length === 0 ? (
        <Nothing title="Microsoft Graph was not asked about this person yet." />
      ) : (
        <>
          <div>
            <CopyButton text={text}>Copy all of it</CopyButton>
          </div>
          <pre className={stack.inset}>{text}</pre>
        </>
      )}
    </div>
  );
}
