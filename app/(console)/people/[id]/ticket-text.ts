/** A person's case as plain text for a ticket. Pure. */
import { STATE_LABELS } from '#components/people/state-labels.ts';
import { utcText } from '#components/text/time-text.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';

/** `cause`: the likeliest for which there is no mailbox; null: none is known. */
export function ticketText(person: PersonDetail, address: string, cause: string | null): string {
  const [source] = person.sources;
  const lines = [
    `${person.displayName} <${person.userPrincipalName}>`,
    `${STATE_LABELS[person.state].label}: ${person.message}`,
    `Since: ${utcText(person.stateSince)}`,
    cause && `Why there is no mailbox: ${cause}`,
    person.fix && `What to do: ${person.fix}`,
    person.nextCheckAt !== null && `Next check: ${utcText(person.nextCheckAt)}`,
    source && `From: ${source.fileName}, line ${source.line}, received ${utcText(source.receivedAt)}`,
    `EmployeeType: ${person.employeeType}`,
    person.licensedAt !== null && `Licensed: ${utcText(person.licensedAt)}`,
    person.mailboxReadyAt !== null && `Mailbox opened: ${utcText(person.mailboxReadyAt)}`,
    address,
  ];
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n');
}
