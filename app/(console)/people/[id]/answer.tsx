import type { ReactNode } from 'react';
import { reasonHelp } from '#components/layout/help-topics.ts';
import { STATE_TONES } from '#components/people/state-labels.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { spanText } from '#components/text/time-text.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import type { WaitingPlace } from '#lib/services/people/waiting-place.ts';

const STEP_LABELS = { synchronisation: 'accounts arrive', mailbox: 'mailboxes open' };

function WaitingPlaceText({ place: { licence, place, of, held, seats } }: { place: WaitingPlace }) {
  return (
    <p>
      <strong>
        Place {numberText(place)} of {numberText(of)} on the waiting list for {licence}.
      </strong>{' '}
      {place > 1 && `${countText(place - 1, 'person comes', 'people come')} before. `}
      {held > 0 && `A seat is kept for ${countText(held, 'person', 'people')} held for approval. `}
      {numberText(seats.bought)} bought, {numberText(seats.used)} used, {numberText(seats.free)} free.{' '}
      <Link href="/licences">Licences</Link>
    </p>
  );
}

/** A sentence longer than this is no headline. */
const HEADLINE = 140;

/** A long message as its first sentence and the rest: "The location cannot be set.", "Microsoft says: …". */
function headlineOf(message: string): [headline: string, rest: string] {
  const end = message.length <= HEADLINE ? -1 : message.search(/[.!?] (?=\p{Lu})/u);
  return end < 0 ? [message, ''] : [message.slice(0, end + 1), message.slice(end + 2)];
}

/** What a helpdesk tells the caller: the state, since when, and what comes next. `children`: what can be done. */
export function Answer({ person, children }: { person: PersonDetail; children: ReactNode }) {
  const say = useWords('time');
  const { usual } = person;
  const [headline, rest] = headlineOf(person.message);
  return (
    <Callout tone={STATE_TONES[person.state]} label="Where it stands">
      <h2>{headline}</h2>
      {rest && <p>{rest}</p>}
      <p className="muted">
        Since <Time at={person.stateSince} />.{' '}
        {person.nextCheckAt !== null && (
          <>
            Next check <Time at={person.nextCheckAt} isPlan />.{' '}
          </>
        )}
        {usual &&
          `Here ${STEP_LABELS[usual.step]} usually within ${spanText(say, usual.medianMs)}, nearly always within ${spanText(say, usual.p95Ms)}. `}
        {person.assignedTo && `${person.assignedToMe ? 'You are' : `${person.assignedTo} is`} on it.`}
      </p>
      {person.waitingPlaces.map((place) => (
        <WaitingPlaceText key={place.licence} place={place} />
      ))}
      {person.onItsWay && (
        <p role="status">
          Being written to the account now: {person.onItsWay.what}, since <Time at={person.onItsWay.since} />. It is
          read back, and then the result is shown here.
        </p>
      )}
      {person.fix && !person.onItsWay && (
        <p>
          <strong>What to do: </strong>
          {person.fix} <Link href={reasonHelp(person.reason)}>What it means</Link>
        </p>
      )}
      {children}
    </Callout>
  );
}
