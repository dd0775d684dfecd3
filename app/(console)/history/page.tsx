import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Choices } from '#components/table/choices.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Moment } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type HistoryQuery, listHistory } from '#lib/services/history/history.ts';
import { HISTORY_GROUPS, type HistoryGroup } from '#lib/services/history/history-labels.ts';
import { Entries } from './entries.tsx';
import { Filters } from './filters.tsx';
import own from './history.module.css';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('history') };
}

function addressOf(query: HistoryQuery, change: Partial<Record<keyof HistoryQuery, string | number | null>> = {}) {
  const { before: _before, who, ...filter } = query;
  return address('/history', { ...filter, who: who === 'operators' ? null : who, ...change });
}

function exportOf({ before: _before, ...filter }: HistoryQuery): string {
  return address('/api/history/export', filter);
}

function Scope({ found, q }: { found: { people: number; isCapped: boolean }; q: string | null }) {
  const say = useWords('history');
  return <p className="muted">{say(found.isCapped ? 'foundMany' : 'found', { n: found.people, text: q ?? '' })}</p>;
}

/** What kind of deeds. */
function Groups({ query }: { query: HistoryQuery }) {
  const say = useWords('history');
  const sayPlace = useWords('navigation');
  const groupText = (group: HistoryGroup) =>
    group === 'sign-ins' || group === 'access' ? say(`group.${group}`) : sayPlace(group);
  return (
    <Choices
      label={say('what')}
      choices={[
        { label: say('everything'), href: addressOf(query, { what: null }), isChosen: query.what === null },
        ...HISTORY_GROUPS.map((group) => ({
          label: groupText(group),
          href: addressOf(query, { what: group }),
          isChosen: query.what === group,
        })),
      ]}
    />
  );
}

function NoEntries({ isNarrowed }: { isNarrowed: boolean }) {
  const say = useWords('history');
  return (
    <Nothing
      what={isNarrowed ? 'matches' : 'yet'}
      title={say(isNarrowed ? 'nothingMatches' : 'nobodyYet')}
      why={say(isNarrowed ? 'noEvent' : 'whatAppears')}
      action={<Link href="/history?who=everyone">{say('showAll')}</Link>}
    />
  );
}

export default async function HistoryPage({ searchParams }: PageInput) {
  const operator = await requireOperator('history:read', '/history');
  const { query, entries, older, operators, withoutRows, found, removed, timeZone } = listHistory(
    operator,
    await searchParams,
  );
  const [say, sayPlace, sayPager] = [await words('history'), await words('navigation'), await words('pager')];
  const { what, q, from, to, who } = query;
  const isNarrowed = [what, q, from, to].some((filter) => filter !== null) || who !== 'operators';
  return (
    <>
      <PageHeader help="history" title={sayPlace('history')} lead={<p>{say('lead', { zone: timeZone })}</p>} />
      <div className={styles.stack}>
        <Groups query={query} />
        <Filters query={query} operators={operators} timeZone={timeZone}>
          <a className={own.export} href={exportOf(query)} download>
            {say('export')}
          </a>
          <a
            className={own.export}
            href={address('/api/history/evidence', { from: query.from, to: query.to })}
            download
          >
            {say('evidence')}
          </a>
        </Filters>
        {found && <Scope found={found} q={query.q} />}
        {withoutRows && (
          <p className="muted">
            {say.parts('rowsLeftOut', {
              show: (text) => <Link href={addressOf(query, { what: 'people' })}>{text}</Link>,
            })}
          </p>
        )}
        {entries.length > 0 && <Entries entries={entries} timeZone={timeZone} />}
        {entries.length === 0 && query.before === null && <NoEntries isNarrowed={isNarrowed} />}
        {removed && older === null && (
          <p className="muted">
            {say.parts('removed', { n: removed.events, when: () => <Moment at={removed.until} /> })}
          </p>
        )}
        <nav className={own.pages} aria-label={sayPager('pages')}>
          {query.before !== null && <Link href={addressOf(query)}>{say('newest')}</Link>}
          {older !== null && <Link href={addressOf(query, { before: older })}>{say('older')}</Link>}
          {older === null && query.before !== null && <span className="muted">{say('oldest')}</span>}
        </nav>
      </div>
    </>
  );
}
