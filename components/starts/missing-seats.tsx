/** What to buy by when, and who is without a mailbox on the first day otherwise. */
import { shortDayText } from '#components/text/time-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { ForecastWeek, MissingSeats } from '#lib/services/starts/start-forecast.ts';
import styles from './starts.module.css';

/** Who is meant: some by name, the others by number. */
function Without({ missing, isNow }: { missing: MissingSeats; isNow: boolean }) {
  const say = useWords('starts');
  const { seats, people, planned } = missing;
  const others = seats - people.length - planned;
  const rest = [
    ...(others > 0 ? [say('more', { n: others })] : []),
    ...(planned > 0 ? [say('newcomers', { n: planned })] : []),
  ];
  const who = () => (
    <>
      {people.map(({ id, displayName }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/people/${id}`}>
            <VisibleText text={displayName} />
          </Link>
        </span>
      ))}
      {people.length > 0 && rest.length > 0 && ', '}
      {rest.join(', ')}
    </>
  );
  return say.parts(isNow ? 'waitNow' : 'without', { n: seats, who });
}

/** A sentence for each licence that is short in one of these weeks; nothing where none is. */
export function MissingSeatsList({ weeks }: { weeks: readonly ForecastWeek[] }) {
  const all = weeks.flatMap(({ week, missing }) => missing.map((one) => ({ week, missing: one })));
  const say = useWords('starts');
  const sayTime = useWords('time');
  if (all.length === 0) return null;
  return (
    <ul className={styles.missing}>
      {all.map(({ week, missing }) => (
        <li key={`${week} ${missing.skuPartNumber}`} className={week === null ? styles.now : undefined}>
          <strong>
            {week === null
              ? say('short', { n: missing.seats, licence: missing.name })
              : say('shortBy', { n: missing.seats, licence: missing.name, day: shortDayText(sayTime, missing.buyBy) })}
          </strong>
          ; <Without missing={missing} isNow={week === null} />
        </li>
      ))}
    </ul>
  );
}
