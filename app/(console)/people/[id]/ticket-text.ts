/** A person's case as plain text for a ticket. Pure. */
import { utcText } from '#components/text/time-text.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

interface TicketWords {
  state: Say<Words['states']>;
  time: Say<Words['time']>;
}

/** `cause`: the likeliest for which there is no mailbox; null: none is known. */
export function ticketText(say: TicketWords, person: PersonDetail, address: string, cause: string | null): string {
  const [source] = person.sources;
  const lines = [
    `${person.displayName} <${person.userPrincipalName}>`,
    `${say.state(person.state)}: ${person.message}`,
    `Since: ${utcText(say.time, person.stateSince)}`,
    cause && `Why there is no mailbox: ${cause}`,
    person.fix && `What to do: ${person.fix}`,
    person.nextCheckAt !== null && `Next check: ${utcText(say.time, person.nextCheckAt)}`,
    source && `From: ${source.fileName}, line ${source.line}, received ${utcText(say.time, source.receivedAt)}`,
    `EmployeeType: ${person.employeeType}`,
    person.licensedAt !== null && `Licensed: ${utcText(say.time, person.licensedAt)}`,
    person.mailboxReadyAt !== null && `Mailbox opened: ${utcText(say.time, person.mailboxReadyAt)}`,
    address,
  ];
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n');
}
