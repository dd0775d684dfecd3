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

function callText(say: Say<Words['person']>, sayTime: Say<Words['time']>, call: Call): string {
  return [
    call.at !== null && utcText(sayTime, call.at),
    `${call.call} → ${call.status ?? say('noAnswer')}${call.code ? ` ${call.code}` : ''}`,
    call.said,
    call.requestId && `request-id ${call.requestId}`,
    call.clientRequestId && `client-request-id ${call.clientRequestId}`,
    call.durationMs !== null && durationText(sayTime, call.durationMs),
  ]
    .filter(Boolean)
    .join('\n  ');
}

export function Technical({ person }: { person: PersonDetail }) {
  const say = useWords('person');
  const sayTime = useWords('time');
  const calls = person.timeline.flatMap((entry) => entry.calls);
  const text = calls.map((call) => callText(say, sayTime, call)).join('\n');
  const facts: Fact[] = [
    [say('id'), say('idAndRevision', { id: String(person.id), revision: String(person.revision) })],
    [say('accountId'), person.accountId],
    [say('stateAndReason'), `${person.state}, ${person.reason}`],
    [
      say('checks'),
      person.mailboxChecks > 0
        ? say('checksOfMailbox', { n: person.checks, mailbox: person.mailboxChecks })
        : person.checks,
    ],
  ];
  return (
    <div className={styles.technical}>
      <Facts facts={facts} />
      {calls.length === 0 ? (
        <Nothing title={say('noCalls')} why={say('callsAppear')} action={null} />
      ) : (
        <>
          <div>
            <CopyButton text={text}>{say('copyAll')}</CopyButton>
          </div>
          <pre className={stack.inset}>{text}</pre>
        </>
      )}
    </div>
  );
}
