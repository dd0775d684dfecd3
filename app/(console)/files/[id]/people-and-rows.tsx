/** Whom a file names, each once with every attempt; or its rows as they came. */
import type { SearchParams } from '#app/page-input.ts';
import { AttemptsPanel } from '#components/runs/attempts-panel.tsx';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { FileDetail } from '#lib/services/files/files.ts';
import type { Attempts } from '#lib/services/runs/attempts.ts';
import { RowsTable } from './rows-table.tsx';

/** Once people were run again, they stand first. */
export function showsPeople(file: FileDetail, { show, page }: SearchParams, wasRunAgain: boolean): boolean {
  if (file.people === 0 || file.query.verdict !== null) return false;
  return show === 'people' || (show === undefined && page === undefined && wasRunAgain);
}

interface Props {
  file: FileDetail;
  /** Null: the rows are shown. */
  people: Attempts | null;
  query: SearchParams;
}

export function PeopleAndRows({ file, people, query }: Props) {
  const say = useWords('files');
  const path = `/files/${file.id}`;
  const { verdict } = file.query;
  if (file.rows === 0 || file.status === 'importing') return null;
  const choice = (label: string, name: NonNullable<typeof verdict>, count: number) => ({
    label,
    count,
    href: address(path, { verdict: name }),
    isChosen: verdict === name,
  });
  const everybody = {
    label: say('people'),
    count: file.people,
    href: address(path, { show: 'people' }),
    isChosen: people !== null,
  };
  return (
    <div className={styles.stack}>
      <Choices
        label={say('verdict')}
        choices={[
          ...(file.people > 0 ? [everybody] : []),
          {
            label: say('allRows'),
            count: file.rows,
            href: address(path, { show: 'rows' }),
            isChosen: people === null && verdict === null,
          },
          choice(say('accepted'), 'accepted', file.accepted),
          choice(say('duplicates'), 'duplicate', file.duplicates),
          choice(say('rejected'), 'rejected', file.rejected),
        ]}
      />
      {people ? (
        <AttemptsPanel
          attempts={people}
          of="people"
          hrefOf={(page) => address(path, { show: 'people', page, all: query.all === '1' ? 1 : null })}
          everyAttempt={address(path, { show: 'people', all: 1 })}
        />
      ) : (
        <Rows file={file} path={path} />
      )}
    </div>
  );
}

function Rows({ file, path }: { file: FileDetail; path: string }) {
  const say = useWords('files');
  const { verdict } = file.query;
  return (
    <>
      {file.rowPage.items.length > 0 ? (
        <RowsTable rows={file.rowPage.items} />
      ) : (
        <Nothing
          what="matches"
          title={say('noRows')}
          why={say('othersHidden')}
          action={<Link href={address(path, { show: 'rows' })}>{say('allRows')}</Link>}
        />
      )}
      <Pager
        {...file.rowPage}
        of="rows"
        hrefOf={(page) => address(path, { verdict, show: verdict === null ? 'rows' : null, page })}
      />
    </>
  );
}
