import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { SearchBox } from '#components/controls/field.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { listRowCases, type RowCaseItem, type RowCaseList } from '#lib/services/row-cases/row-cases.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { RowCasesTable } from './row-cases-table.tsx';

export const metadata: Metadata = { title: 'Rows that stayed out' };

const STATUSES: readonly RowCaseItem['status'][] = ['open', 'corrected', 'closed'];

function choicesOf(say: Say<Words['states']>, { query: { status, file, q }, counts }: RowCaseList) {
  return STATUSES.map((one) => ({
    label: say(`rowCase.${one}`),
    count: counts[one],
    href: address('/rows', { status: one === 'open' ? null : one, file, q }),
    isChosen: one === status,
  }));
}

const NONE: Record<RowCaseItem['status'], string> = {
  open: 'No row stays out.',
  corrected: 'No row was corrected.',
  closed: 'No row was closed.',
};

export default async function RowCasesPage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/rows');
  const list = listRowCases(operator, await searchParams);
  const { status, file, q } = list.query;
  return (
    <>
      <PageHeader
        help="rows"
        title="Rows that stayed out"
        within={{ href: '/people', label: 'People' }}
        lead="Rows that could not become a person, and files that could not be read, until somebody corrects or closes them."
      />
      <div className={stack.stack}>
        <Choices label="State" choices={choicesOf(await words('states'), list)} />
        <form action="/rows">
          <SearchBox
            key={q}
            name="q"
            aria-label="Search in any cell of the rows"
            placeholder="Search in any cell"
            defaultValue={q ?? ''}
          />
        </form>
        {file !== null && (
          <p>
            Only rows of <Link href={`/files/${file}`}>one file</Link>.{' '}
            <Link href={address('/rows', { status })}>Show those of every file</Link>
          </p>
        )}
        {list.items.length === 0 ? (
          <Nothing what={q === null ? 'toDo' : 'matches'} title={q === null ? NONE[status] : 'No such row.'}>
            <p className="muted">Whoever a file names with a valid UserPrincipalName is among the people.</p>
          </Nothing>
        ) : (
          <RowCasesTable rows={list.items} whyNot={whyNot(operator.role, 'people:act')} />
        )}
        <Pager {...list} of="rows" hrefOf={(page) => address('/rows', { status, file, page })} />
      </div>
    </>
  );
}
