/** For a support case with Microsoft: ids, calls and answers, to be copied. */

import { CopyButton } from '#components/controls/copy-button.tsx';
import { durationText, utcText } from '#components/text/time-text.ts';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import type { Call, PersonDetail } from '#lib/services/people/people.ts';
import styles from './person.module.css';

function callText(call: Call): string {
  return [
    call.at !== null && utcText(call.at),
    `${call.call} → ${call.status ?? 'no answer'}${call.code ? ` ${call.code}` : ''}`,
    call.said,
    call.requestId && `request-id ${call.requestId}`,
    call.clientRequestId && `client-request-id ${call.clientRequestId}`,
    call.durationMs !== null && durationText(call.durationMs),
  ]
    .filter(Boolean)
    .join('\n  ');
}

export function Technical({ person }: { person: PersonDetail }) {
  const calls = person.timeline.flatMap((entry) => entry.calls);
  const text = calls.map(callText).join('\n');
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
