import type { Metadata } from 'next';
import { use } from 'react';
import { Places, Told } from '#app/(console)/history/entries.tsx';
import own from '#app/(console)/history/history.module.css';
import { foundOr404 } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { listText } from '#components/people/list-text.ts';
import { StateMove } from '#components/people/state-move.tsx';
import { stateParts } from '#components/people/state-parts.ts';
import { Who } from '#components/people/who.tsx';
import { Sum } from '#components/runs/sum.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Moment } from '#components/ui/time.tsx';
import { reasonWords } from '#components/words/reasons.ts';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type DeedDetail, readDeed } from '#lib/services/history/history.ts';
import { kindText } from '#lib/services/history/history-labels.ts';
import { DeedPeople } from './deed-people.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('history') };
}

/** For whom it was asked, and who was left alone. */
function Asked({ bulk: { asked, matching, refused }, done }: { bulk: NonNullable<DeedDetail['bulk']>; done: number }) {
  const list = matching === null ? null : Object.fromEntries(new URLSearchParams(matching));
  const more = asked - done - refused.length;
  const say = useWords('history');
  // It was recorded in English.
  const lang = use(requestLanguage()) === 'en' ? undefined : 'en';
  const ofList = { list: useWords('lists'), state: useWords('states'), reason: use(reasonWords()) };
  return (
    <>
      <p>
        {list === null
          ? say('askedChosen', { n: asked })
          : say('askedList', { n: asked, list: listText(ofList, list) })}{' '}
        {asked > done ? say('doneSome', { n: done, left: asked - done }) : say('done', { n: done })}{' '}
        {list !== null && <Link href={address('/people', list)}>{say('listNow')}</Link>}
      </p>
      {refused.length > 0 && (
        <ul className={own.people}>
          {refused.map(({ id, displayName, why }) => (
            <li key={id}>
              <Link href={`/people/${id}`}>{displayName}</Link>{' '}
              <span className="muted" lang={lang}>
                {why}
              </span>
            </li>
          ))}
          {more > 0 && <li className="muted">{say('more', { n: more })}</li>}
        </ul>
      )}
    </>
  );
}

/** What somebody did to many people at once, and what has become of each. */
export default async function DeedPage({ params, searchParams }: ItemInput) {
  const { id } = await params;
  const href = `/history/${encodeURIComponent(id)}`;
  const operator = await requireOperator('history:read', href);
  const query = await searchParams;
  const { entry, timeZone, people, states, bulk } = foundOr404(() => readDeed(operator, { ...query, id }));
  const title = kindText(await words('eventKinds'), entry.kind);
  const say = await words('history');
  const { total: n } = people;
  return (
    <>
      <PageHeader
        help="history"
        title={n > 1 ? say('deed', { title, n }) : title}
        within={{ href: '/history', label: (await words('navigation'))('history') }}
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
          <Told entry={entry} />
          <Places entry={entry} />
          {bulk && <Asked bulk={bulk} done={n} />}
        </div>
        {n > 0 && (
          <>
            <Sum total={{ n, label: say('peopleNow', { n }) }} parts={stateParts(await words('counted'), states)} />
            <DeedPeople people={people.items} />
            <Pager {...people} of="people" hrefOf={(page) => address(href, { page })} />
          </>
        )}
      </div>
    </>
  );
}
