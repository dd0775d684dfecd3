import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import type { PageInput } from '#app/page-input.ts';
import { DownloadLink } from '#components/controls/button.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { StateBadge } from '#components/people/badge.tsx';
import { listText } from '#components/people/list-text.ts';
import { MappingNewsNote } from '#components/people/mapping-news-note.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { STATE_ORDER } from '#components/people/state-labels.ts';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { reasonWords } from '#components/words/reasons.ts';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { addressIn } from '#lib/domain/text/search-words.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { readMappingNews } from '#lib/services/mappings/mapping-news.ts';
import { listPeople, type PeopleList, type PeopleQuery } from '#lib/services/people/people.ts';
import type { ColumnId } from '#lib/services/people/people-export.ts';
import { listViews } from '#lib/services/views/views.ts';
import type { Words } from '#lib/words/english.ts';
import { inWords, type SayReason } from '#lib/words/reasons.ts';
import type { Say } from '#lib/words/say.ts';
import { ColumnChoice } from './column-choice.tsx';
import styles from './people.module.css';
import { COLUMNS_COOKIE, rowOf, shownColumns } from './people-columns.ts';
import { PeopleFilters } from './people-filters.tsx';
import { PeopleTable } from './people-table.tsx';
import { SavedViews } from './saved-views.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('people') };
}

function addressOf(query: PeopleQuery, change: Record<string, string | number | null>): string {
  const isUsualOrder = query.sort === 'arrival' && query.dir === 'desc';
  const { page: _page, ...kept } = query;
  return address('/people', {
    ...kept,
    state: query.state.join(','),
    type: query.type.join(','),
    sort: isUsualOrder ? null : query.sort,
    dir: isUsualOrder ? null : query.dir,
    ...change,
  });
}

/** The address of what is shown; null where that is a view of the product: everybody, or everybody in one state. */
function ownView(query: PeopleQuery): string | null {
  const href = addressOf(query, {});
  const [state] = query.state;
  const usual = query.state.length < 2 ? address('/people', { state: state ?? null }) : null;
  return href === usual ? null : href;
}

/** Whether anything beside the search leaves people out. */
function isNarrowed({ q: _q, sort: _sort, dir: _dir, page: _page, ...filters }: PeopleQuery): boolean {
  return Object.values(filters).some((value) => value !== null && value.length > 0);
}

/** The filter alone, as it goes to the server with an action on everybody who matches. */
function matchingOf(query: PeopleQuery): Record<string, string> {
  const plain = {
    ...query,
    sort: null,
    dir: null,
    page: null,
    state: query.state.join(','),
    type: query.type.join(','),
  };
  return Object.fromEntries(Object.entries(plain).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])));
}

function exportOf(query: PeopleQuery, columns: readonly ColumnId[]): string {
  return address('/api/people/export', {
    ...matchingOf(query),
    sort: query.sort,
    dir: query.dir,
    columns: columns.join('.'),
  });
}

function stateChoices(
  say: Say<Words['people']>,
  sayState: Say<Words['states']>,
  { query, byState, everybody, stayedOut }: PeopleList,
) {
  const isShown = (state: (typeof STATE_ORDER)[number]) => byState[state] > 0 || query.state.includes(state);
  return [
    {
      label: say('all'),
      count: everybody,
      href: addressOf(query, { state: null }),
      isChosen: query.state.length === 0,
    },
    ...STATE_ORDER.filter(isShown).map((state) => ({
      label: sayState(state),
      count: byState[state],
      href: addressOf(query, { state, reason: null }),
      isChosen: query.state.includes(state),
    })),
    ...(stayedOut > 0
      ? [
          {
            label: say('rowsOut'),
            count: stayedOut,
            href: address('/rows', { file: query.file }),
            isChosen: false,
          },
        ]
      : []),
  ];
}

function choicesIn(say: SayReason, choices: PeopleList['choices']): PeopleList['choices'] {
  return { ...choices, reasons: choices.reasons.map(({ reason }) => ({ reason, title: say.title(reason) })) };
}

function Scope({ list: { query, unknownNames } }: { list: PeopleList }) {
  const say = useWords('people');
  const scopes = [
    query.file !== null && say('scope.file'),
    query.run !== null && say('scope.run'),
    query.list !== null && say('scope.list'),
  ].filter((scope) => scope !== false);
  if (scopes.length === 0) return null;
  return (
    <div className={styles.scope}>
      <p>
        {say.parts('only', {
          scopes: scopes.join(say('and')),
          all: (inside) => <Link href={addressOf(query, { file: null, run: null, list: null })}>{inside}</Link>,
        })}
      </p>
      {unknownNames.length > 0 && (
        <details>
          <summary>{say('unknownNames', { n: unknownNames.length })}</summary>
          <ul className={styles.names}>
            {unknownNames.map((name) => (
              <li key={name}>
                <Link href={address('/diagnosis', { upn: name })}>{name}</Link>
              </li>
            ))}
          </ul>
          <p>{say('whyUnknown')}</p>
        </details>
      )}
    </div>
  );
}

/** Says so where the pages do not show everybody who matches. */
function Extent({ list: { which, listed, query } }: { list: PeopleList }) {
  const say = useWords('people');
  if (which === 'all') return null;
  const shown = which === 'first' ? 'firstShown' : query.sort === 'arrival' ? 'newestShown' : 'newestSorted';
  return <p className="muted">{say(shown, { n: listed })}</p>;
}

/** Whom somebody may have meant whose search finds nobody. */
function Perhaps({ people }: { people: PeopleList['perhaps'] }) {
  const say = useWords('people');
  if (people.length === 0) return null;
  return (
    <div>
      <p>{say('perhaps')}</p>
      <ul className={styles.perhaps}>
        {people.map(({ id, displayName, userPrincipalName, state, match }) => (
          <li key={id}>
            <PersonCell {...{ id, displayName, userPrincipalName }} />
            <StateBadge state={state} />
            {match !== 'name' && <span className="muted">{say(`match.${match}`)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

export default async function PeoplePage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/people');
  const parameters = await searchParams;
  const list = listPeople(operator, parameters, await requestLanguage());
  const say = await words('people');
  const sayState = await words('states');
  const sayReason = await reasonWords();
  const title = (await words('navigation'))('people');
  const news = readMappingNews(operator, parameters, await requestLanguage());
  const { query, everybody, items } = list;
  const asked = query.q === null ? null : addressIn(query.q);
  const columns = shownColumns((await cookies()).get(COLUMNS_COOKIE)?.value);
  if (everybody === 0)
    return (
      <>
        <PageHeader help="people" title={title} />
        <Nothing
          title={say('nobodyYet')}
          why={
            list.stayedOut > 0
              ? say.parts('rowsCanBeCorrected', {
                  n: list.stayedOut,
                  rows: (inside) => <Link href="/rows">{inside}</Link>,
                })
              : say('drop')
          }
          action={<Link href="/files">{say('toFiles')}</Link>}
        />
      </>
    );
  return (
    <>
      <PageHeader
        help="people"
        title={title}
        actions={
          items.length > 0 && (
            <DownloadLink href={exportOf(query, columns)}>
              {list.isExact ? say('export', { n: list.total }) : say('exportAll')}
            </DownloadLink>
          )
        }
      />
      <div className={styles.controls}>
        {news && <MappingNewsNote news={news} />}
        <Choices label={say('state')} choices={stateChoices(say, sayState, list)} />
        <SavedViews views={listViews(operator)} href={ownView(query)} />
        <PeopleFilters query={query} choices={choicesIn(sayReason, list.choices)}>
          <div className={styles.tools}>
            <ColumnChoice shown={columns} />
          </div>
        </PeopleFilters>
        <Scope list={list} />
      </div>
      <PeopleTable
        people={items.map((person) => rowOf(inWords(sayReason, person), columns))}
        sorting={{ by: query.sort, direction: query.dir }}
        shownColumns={columns}
        whyNot={whyNot(operator.role, 'people:act', await requestLanguage())}
        mayRemember={can(operator.role, 'mappings:write')}
        list={listText({ list: await words('lists'), state: sayState, reason: sayReason }, matchingOf(query))}
        everybody={list.isExact ? { total: list.total, matching: matchingOf(query), possible: list.possible } : null}
      >
        {items.length === 0 && (
          <Nothing
            what="matches"
            title={say('nobodyMatches')}
            why={say('noMatch', {
              n: everybody,
              by: query.q === null ? 'filters' : isNarrowed(query) ? 'both' : 'search',
            })}
            action={<Link href="/people">{say('everybody')}</Link>}
          >
            {query.q !== null && list.isInRowsOut && (
              <p>
                {say.parts('inRowsOut', {
                  rows: (inside) => <Link href={address('/rows', { q: query.q })}>{inside}</Link>,
                })}
              </p>
            )}
            <Perhaps people={list.perhaps} />
            {asked !== null && (
              <p>
                {asked}:{' '}
                <Link href={address('/diagnosis', { upn: asked })}>{(await words('navigation'))('diagnosis')}</Link>
              </p>
            )}
          </Nothing>
        )}
      </PeopleTable>
      {items.length > 0 && (
        <>
          <Extent list={list} />
          <Pager {...list} of="people" hrefOf={(page) => addressOf(query, { page })} />
        </>
      )}
    </>
  );
}
