import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { address } from '#components/address.ts';
import { Choices } from '#components/choices.tsx';
import { numberText } from '#components/count-text.ts';
import { Link } from '#components/link.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Pager } from '#components/pager.tsx';
import { Nothing } from '#components/panel.tsx';
import { STATE_ORDER, STATE_WORDS } from '#components/state-words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { listPeople, type PeopleList, type PeopleQuery } from '#lib/services/people.ts';
import styles from './people.module.css';
import { PeopleFilters } from './people-filters.tsx';
import { PeopleTable } from './people-table.tsx';

export const metadata: Metadata = { title: 'People' };

function addressOf(query: PeopleQuery, change: Partial<Record<keyof PeopleQuery, string | number | null>>): string {
  const isUsualOrder = query.sort === 'arrival' && query.dir === 'desc';
  const { sort, dir, page: _page, ...filter } = query;
  const order = isUsualOrder ? {} : { sort, dir };
  return address('/people', { ...filter, state: query.state.join(','), ...order, ...change });
}

function stateChoices({ query, byState, everybody }: PeopleList) {
  const isShown = (state: (typeof STATE_ORDER)[number]) => byState[state] > 0 || query.state.includes(state);
  return [
    { word: 'All', count: everybody, href: addressOf(query, { state: null }), isChosen: query.state.length === 0 },
    ...STATE_ORDER.filter(isShown).map((state) => ({
      word: STATE_WORDS[state].word,
      count: byState[state],
      href: addressOf(query, { state, reason: null }),
      isChosen: query.state.includes(state),
    })),
  ];
}

function Scope({ query }: { query: PeopleQuery }) {
  if (query.file === null && query.run === null) return null;
  return (
    <p className={styles.scope}>
      Only people {query.file === null ? 'that one run looked at' : 'that one file names'}.{' '}
      <Link href={addressOf(query, { file: null, run: null })}>Show everybody</Link>
    </p>
  );
}

export default async function PeoplePage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/people');
  const list = listPeople(operator, await searchParams);
  const { query, everybody, items } = list;
  if (everybody === 0)
    return (
      <>
        <PageHeader title="People" />
        <Nothing title="Nobody has arrived yet.">
          <p>Drop a CSV into the drop folder, or upload one.</p>
          <p>
            <Link href="/files">Go to Files</Link>
          </p>
        </Nothing>
      </>
    );
  return (
    <>
      <PageHeader title="People" />
      <div className={styles.controls}>
        <Choices label="State" choices={stateChoices(list)} />
        <PeopleFilters query={query} choices={list.choices} />
        <Scope query={query} />
      </div>
      {items.length === 0 ? (
        <Nothing title="Nobody matches.">
          <p>
            {everybody === 1 ? 'The one person there is does' : `The ${numberText(everybody)} people there are do`} not
            fit this search and these filters.
          </p>
          <p>
            <Link href="/people">Show everybody</Link>
          </p>
        </Nothing>
      ) : (
        <>
          <PeopleTable
            people={items}
            sorting={{ by: query.sort, direction: query.dir }}
            mayAct={can(operator.role, 'people:act')}
          />
          <Pager {...list} one="person" many="people" hrefOf={(page) => addressOf(query, { page })} />
        </>
      )}
    </>
  );
}
