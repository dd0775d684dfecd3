/** What to buy by when, and who is without a mailbox on the first day otherwise. */
import { countText, numberText } from '#components/text/count-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import type { ForecastWeek, MissingSeats } from '#lib/services/starts/start-forecast.ts';
import styles from './starts.module.css';

/** Who is meant: some by name, the others by number. */
function Without({ missing, isNow }: { missing: MissingSeats; isNow: boolean }) {
  const { seats, people, planned } = missing;
  const others = seats - people.length - planned;
  const rest = [
    others > 0 && `${numberText(others)} more`,
    planned > 0 && `${countText(planned, 'newcomer', 'newcomers')} in no file yet`,
  ].filter((part) => part !== false);
  const whom = seats === 1 ? 'this person' : `these ${numberText(seats)} people`;
  return (
    <>
      {isNow
        ? `${whom} ${seats === 1 ? 'waits' : 'wait'} for a seat now`
        : `without ${seats === 1 ? 'it' : 'them'} ${whom} ${seats === 1 ? 'has' : 'have'} no mailbox on the first day`}
      :{' '}
      {people.map(({ id, displayName }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/people/${id}`}>
            <VisibleText text={displayName} />
          </Link>
        </span>
      ))}
      {people.length > 0 && rest.length > 0 && ', '}
      {rest.join(', ')}.
    </>
  );
}

/** A sentence for each licence that is short in one of these weeks; nothing where none is. */
export function MissingSeatsList({ weeks }: { weeks: readonly ForecastWeek[] }) {
  const all = weeks.flatMap(({ week, missing }) => missing.map((one) => ({ week, missing: one })));
  if (all.length === 0) return null;
  return (
    <ul className={styles.missing}>
      {all.map(({ week, missing }) => (
        <li key={`${week} ${missing.skuPartNumber}`}>
          <strong>
            {numberText(missing.seats)} {missing.name}
            {week === null ? '' : ` by ${missing.buyByText}`}
          </strong>
          ; <Without missing={missing} isNow={week === null} />
        </li>
      ))}
    </ul>
  );
}
