/** A person's case as plain text for a ticket. Pure. */
import { utcText } from '#components/text/time-text.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

interface TicketWords {
  person: Say<Words['person']>;
  state: Say<Words['states']>;
  time: Say<Words['time']>;
}

/** `cause`: the likeliest for which there is no mailbox; null: none is known. */
export function ticketText(say: TicketWords, person: PersonDetail, address: string, cause: string | null): string {
  const [source] = person.sources;
  const lines = [
    `${person.displayName} <${person.userPrincipalName}>`,
    `${say.state(person.state)}: ${person.message}`,
    say.person('ticket.since', { when: utcText(say.time, person.stateSince) }),
    cause && say.person('ticket.cause', { cause }),
    person.fix && say.person('ticket.fix', { fix: person.fix }),
    person.nextCheckAt !== null && say.person('ticket.nextCheck', { when: utcText(say.time, person.nextCheckAt) }),
    source &&
      say.person('ticket.from', {
        file: source.fileName,
        line: source.line,
        when: utcText(say.time, source.receivedAt),
      }),
    `EmployeeType: ${person.employeeType}`,
    person.licensedAt !== null && say.person('ticket.licensed', { when: utcText(say.time, person.licensedAt) }),
    person.mailboxReadyAt !== null && say.person('ticket.opened', { when: utcText(say.time, person.mailboxReadyAt) }),
    address,
  ];
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n');
}
