import type { Metadata } from 'next';
import { Places } from '#app/(console)/history/entries.tsx';
import own from '#app/(console)/history/history.module.css';
import { foundOr404 } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { StateMove } from '#components/people/state-move.tsx';
import { stateParts } from '#components/people/state-parts.ts';
import { Who } from '#components/people/who.tsx';
import { Sum } from '#components/runs/sum.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { countText } from '#components/text/count-text.ts';
import { Changes } from '#components/ui/changes.tsx';
import styles from '#components/ui/stack.module.css';
import { Moment } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { readDeed } from '#lib/services/history/history.ts';
import { DeedPeople } from './deed-people.tsx';

export const metadata: Metadata = { title: 'History' };

/** What somebody did to many people at once, and what has become of each. */
export default async function DeedPage({ params, searchParams }: ItemInput) {
  const { id } = await params;
  const href = `/history/${encodeURIComponent(id)}`;
  const operator = await requireOperator('history:read', href);
  const query = await searchParams;
  const { entry, timeZone, people, states } = foundOr404(() => readDeed(operator, { ...query, id }));
  const count = countText(people.total, 'person', 'people');
  return (
    <>
      <PageHeader
        help="history"
        title={people.total > 1 ? `${entry.title}: ${count}` : entry.title}
        within={{ href: '/history', label: 'History' }}
        lead={
          <p>
            <Moment at={entry.at} zone={timeZone} />{' '}
            <Who name={entry.actor} isOperator={entry.isOperator} address={entry.address} />
          </p>
        }
      />
      <div className={styles.stack}>
        <div className={own.what}>
          <StateMove from={entry.fromState} to={entry.toState} />
          <p className={own.sentence}>{entry.message}</p>
          <Changes changes={entry.changes} />
          <Places entry={entry} />
        </div>
        {people.total > 0 && (
          <>
            <Sum
              total={{ n: people.total, label: people.total === 1 ? 'person, now' : 'people, now' }}
              parts={stateParts(states)}
            />
            <DeedPeople people={people.items} />
            <Pager {...people} one="person" many="people" hrefOf={(page) => address(href, { page })} />
          </>
        )}
      </div>
    </>
  );
}
