'use client';

import { useMemo } from 'react';
import { StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { DeedDetail } from '#lib/services/history/history.ts';

type Person = DeedDetail['people']['items'][number];

/** Whom a deed was done to, each with its state now. */
export function DeedPeople({ people }: { people: Person[] }) {
  const [say, sayRun] = [useWords('peopleList'), useWords('runs')];
  const columns = useMemo<Column<Person>[]>(
    () => [
      { id: 'name', header: say('column.name'), cell: (person) => <PersonCell {...person} /> },
      { id: 'state', header: sayRun('now'), cell: ({ state }) => <StateBadge state={state} /> },
    ],
    [say, sayRun],
  );
  return <DataTable caption={say('caption')} columns={columns} rows={people} rowId={({ id }) => String(id)} />;
}
