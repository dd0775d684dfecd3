'use client';

import { StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import type { DeedDetail } from '#lib/services/history/history.ts';

type Person = DeedDetail['people']['items'][number];

const COLUMNS: Column<Person>[] = [
  { id: 'name', header: 'Name', cell: (person) => <PersonCell {...person} /> },
  { id: 'state', header: 'Now', cell: ({ state }) => <StateBadge state={state} /> },
];

/** Whom a deed was done to, each with its state now. */
export function DeedPeople({ people }: { people: Person[] }) {
  return <DataTable caption="People" columns={COLUMNS} rows={people} rowId={({ id }) => String(id)} />;
}
