import type { ReactNode } from 'react';
import { reasonHelp } from '#components/layout/help-topics.ts';
import { STATE_TONES } from '#components/people/state-labels.ts';
import { strong } from '#components/text/strong.tsx';
import { spanText } from '#components/text/time-text.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { WaitingPlace } from '#lib/services/people/waiting-place.ts';
import type { PersonInWords } from './in-words.ts';

function WaitingPlaceText({ place: { licence, place, of, held, seats } }: { place: WaitingPlace }) {
  const say = useWords('person');
  return (
    <p>
      <strong>{say('place', { place, of, licence })}</strong> {place > 1 && `${say('before', { n: place - 1 })} `}
      {held > 0 && `${say('kept', { n: held })} `}
      {say.parts('seats', { ...seats, licences: (inside) => <Link href="/licences">{inside}</Link> })}
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
export function Answer({ person, children }: { person: PersonInWords; children: ReactNode }) {
  const say = useWords('person');
  const sayTime = useWords('time');
  const { usual, nextCheckAt, onItsWay } = person;
  const [headline, rest] = headlineOf(person.message);
  return (
    <Callout tone={STATE_TONES[person.state]} label={say('stands')}>
      <h2 lang={person.lang}>{headline}</h2>
      {rest && <p lang={person.lang}>{rest}</p>}
      <p className="muted">
        {say.parts('since', { when: () => <Time at={person.stateSince} /> })}{' '}
        {nextCheckAt !== null && <>{say.parts('nextCheck', { when: () => <Time at={nextCheckAt} isPlan /> })} </>}
        {usual &&
          `${say(`usually.${usual.step}`, { half: spanText(sayTime, usual.medianMs), most: spanText(sayTime, usual.p95Ms) })} `}
        {person.assignedTo && (person.assignedToMe ? say('youAreOn') : say('isOn', { name: person.assignedTo }))}
      </p>
      {person.waitingPlaces.map((place) => (
        <WaitingPlaceText key={place.licence} place={place} />
      ))}
      {onItsWay && (
        <p role="status">
          {say.parts('beingWritten', { what: onItsWay.what, when: () => <Time at={onItsWay.since} /> })}
        </p>
      )}
      {person.fix && !onItsWay && (
        <p>
          {say.parts('whatToDo', { fix: person.fix, strong })}{' '}
          <Link href={reasonHelp(person.reason)}>{say('meaning')}</Link>
        </p>
      )}
      {children}
    </Callout>
  );
}
