import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Choices } from '#components/table/choices.tsx';
import { address } from '#components/text/address.ts';
import { countText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Moment } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { type HistoryQuery, listHistory } from '#lib/services/history/history.ts';
import { HISTORY_GROUPS, type HistoryGroup } from '#lib/services/history/history-labels.ts';
import { Entries } from './entries.tsx';
import { Filters } from './filters.tsx';
import own from './history.module.css';

export const metadata: Metadata = { title: 'History' };

const GROUP_LABELS: Record<HistoryGroup, string> = {
  people: 'People',
  approvals: 'Approvals',
  files: 'Files',
  runs: 'Runs',
  mappings: 'Mappings',
  settings: 'Settings',
  'sign-ins': 'Sign-ins',
  access: 'Exports and refusals',
};

function addressOf(query: HistoryQuery, change: Partial<Record<keyof HistoryQuery, string | number | null>> = {}) {
  const { before: _before, who, ...filter } = query;
  return address('/history', { ...filter, who: who === 'operators' ? null : who, ...change });
}

function exportOf({ before: _before, ...filter }: HistoryQuery): string {
  return address('/api/history/export', filter);
}

function Scope({ found, q }: { found: { people: number; isCapped: boolean }; q: string | null }) {
  if (found.isCapped)
    return (
      <p className="muted">
        Many people match “{q}”: these are the events of the first {found.people}. A longer search finds fewer.
      </p>
    );
  return (
    <p className="muted">
      {countText(found.people, 'person matches', 'people match')} “{q}”.
    </p>
  );
}

export default async function HistoryPage({ searchParams }: PageInput) {
  const operator = await requireOperator('history:read', '/history');
  const { query, entries, older, operators, withoutRows, found, removed, timeZone } = listHistory(
    operator,
    await searchParams,
  );
  const isNarrowed = query.what !== null || query.q !== null || query.from !== null || query.to !== null;
  return (
    <>
      <PageHeader
        help="history"
        title="History"
        lead={<p>Who did what and when, with before and after. Times and days are in {timeZone}.</p>}
      />
      <div className={styles.stack}>
        <Choices
          label="What"
          choices={[
            { label: 'Everything', href: addressOf(query, { what: null }), isChosen: query.what === null },
            ...HISTORY_GROUPS.map((group) => ({
              label: GROUP_LABELS[group],
              href: addressOf(query, { what: group }),
              isChosen: query.what === group,
            })),
          ]}
        />
        <Filters query={query} operators={operators} timeZone={timeZone}>
          <a className={own.export} href={exportOf(query)} download>
            Export as CSV
          </a>
          <a
            className={own.export}
            href={address('/api/history/evidence', { from: query.from, to: query.to })}
            download
          >
            Evidence package
          </a>
        </Filters>
        {found && <Scope found={found} q={query.q} />}
        {withoutRows && (
          <p className="muted">
            The rows of files are left out here. <Link href={addressOf(query, { what: 'people' })}>Show them</Link>
          </p>
        )}
        {entries.length > 0 && <Entries entries={entries} timeZone={timeZone} />}
        {entries.length === 0 && query.before === null && (
          <Nothing
            what={isNarrowed || query.who !== 'operators' ? 'matches' : 'yet'}
            title={isNarrowed || query.who !== 'operators' ? 'Nothing matches.' : 'Nobody has done anything yet.'}
          >
            <p>
              {isNarrowed || query.who !== 'operators'
                ? 'No event matches this search and these filters.'
                : 'What operators do appears here, with who, when and why.'}
            </p>
            <p>
              <Link href="/history?who=everyone">Show everything by everyone</Link>
            </p>
          </Nothing>
        )}
        {removed && older === null && (
          <p className="muted">
            Retention has removed what was recorded before: {countText(removed.events, 'event', 'events')}, the last of{' '}
            <Moment at={removed.until} />. A sealed summary of them is kept.
          </p>
        )}
        <nav className={own.pages} aria-label="Pages">
          {query.before !== null && <Link href={addressOf(query)}>Newest</Link>}
          {older !== null && <Link href={addressOf(query, { before: older })}>Older</Link>}
          {older === null && query.before !== null && <span className="muted">These are the oldest.</span>}
        </nav>
      </div>
    </>
  );
}
