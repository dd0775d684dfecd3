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
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { listRowCases, type RowCaseItem, type RowCaseList } from '#lib/services/row-cases/row-cases.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { RowCasesTable } from './row-cases-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('rows'))('title') };
}

const STATUSES: readonly RowCaseItem['status'][] = ['open', 'corrected', 'closed'];

function choicesOf(say: Say<Words['states']>, { query: { status, file, q }, counts }: RowCaseList) {
  return STATUSES.map((one) => ({
    label: say(`rowCase.${one}`),
    count: counts[one],
    href: address('/rows', { status: one === 'open' ? null : one, file, q }),
    isChosen: one === status,
  }));
}

export default async function RowCasesPage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/rows');
  const list = listRowCases(operator, await searchParams, await requestLanguage());
  const { status, file, q } = list.query;
  const say = await words('rows');
  return (
    <>
      <PageHeader
        help="rows"
        title={say('title')}
        within={{ href: '/people', label: (await words('navigation'))('people') }}
        lead={say('lead')}
      />
      <div className={stack.stack}>
        <Choices label={say('state')} choices={choicesOf(await words('states'), list)} />
        <form action="/rows">
          <SearchBox
            key={q}
            name="q"
            aria-label={say('search')}
            placeholder={say('searchHint')}
            defaultValue={q ?? ''}
          />
        </form>
        {file !== null && (
          <p>
            {say.parts('onlyFile', {
              file: (inside) => <Link href={`/files/${file}`}>{inside}</Link>,
              all: (inside) => <Link href={address('/rows', { status })}>{inside}</Link>,
            })}
          </p>
        )}
        {list.items.length === 0 ? (
          <Nothing
            what={q === null ? 'toDo' : 'matches'}
            title={say(q === null ? `none.${status}` : 'noMatch')}
            why={say('amongPeople')}
            action={<Link href={address('/people', { q })}>{say('toPeople')}</Link>}
          />
        ) : (
          <RowCasesTable rows={list.items} whyNot={whyNot(operator.role, 'people:act', await requestLanguage())} />
        )}
        {list.items.length > 0 && (
          <Pager {...list} of="rows" hrefOf={(page) => address('/rows', { status, file, q, page })} />
        )}
      </div>
    </>
  );
}
