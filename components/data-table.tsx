'use client';

import { Checkbox } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/headless/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/headless/svg/arrow-up';
import {
  type ColumnDef,
  metaHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { usePathname, useSearchParams } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import styles from './data-table.module.css';
import { Link } from './link.tsx';

interface ColumnLook {
  /** Name of the order that the server knows; without it the column cannot be sorted. */
  order?: string;
  /** Left out below this width: the item's own page has it. */
  hideBelow?: 'tablet' | 'desktop';
  align?: 'end';
}

const features = tableFeatures({ rowSelectionFeature, columnMeta: metaHelper<ColumnLook>() });

export type Column<Row extends object> = ColumnDef<typeof features, Row, unknown>;

/** The server sorts: a heading is a link to the same list in another order. */
export interface Sorting {
  by: string;
  direction: 'asc' | 'desc';
}

interface Props<Row extends object> {
  /** What the table is about, for screen readers. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  sorting?: Sorting;
  selection?: {
    nameOf: (row: Row) => string;
    /** Shown above the table while something is chosen. */
    actions: (chosen: Row[], clear: () => void) => ReactNode;
  };
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const;

function SortLink({ order, sorting, children }: { order: string; sorting: Sorting; children: ReactNode }) {
  const path = usePathname();
  const parameters = new URLSearchParams(useSearchParams());
  const isActive = sorting.by === order;
  parameters.set('sort', order);
  parameters.set('dir', isActive && sorting.direction === 'asc' ? 'desc' : 'asc');
  parameters.delete('page');
  const Arrow = sorting.direction === 'asc' ? ArrowUpRegular : ArrowDownRegular;
  return (
    <Link href={`${path}?${parameters}`} className={styles.sort}>
      {children}
      {isActive && <Arrow aria-hidden="true" />}
    </Link>
  );
}

/** The one table for data: plain and semantic, scrolled sideways by itself where it must. */
export function DataTable<Row extends object>({ caption, columns, rows, rowId, sorting, selection }: Props<Row>) {
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    state: { rowSelection },
    onRowSelectionChange: setRowSelection,
  });
  const shown = table.getRowModel().rows;
  const chosen = shown.filter((row) => rowSelection[row.id]);
  return (
    <>
      {selection && chosen.length > 0 && (
        <section className={styles.actions} aria-label="Chosen rows">
          {selection.actions(
            chosen.map(({ original }) => original),
            () => setRowSelection({}),
          )}
        </section>
      )}
      <div className={styles.scroller}>
        <table className={styles.table}>
          <caption className="unseen">{caption}</caption>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {selection && (
                  <th className={styles.choice}>
                    <Checkbox
                      aria-label="Choose all on this page"
                      checked={chosen.length === 0 ? false : chosen.length === shown.length ? true : 'mixed'}
                      onChange={(_, { checked }) => table.toggleAllRowsSelected(checked === true)}
                    />
                  </th>
                )}
                {group.headers.map((header) => {
                  const { order, hideBelow, align } = header.column.columnDef.meta ?? {};
                  const isSorted = sorting !== undefined && order !== undefined && sorting.by === order;
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={`${hideBelow ? styles[hideBelow] : ''} ${align ? styles[align] : ''}`}
                      aria-sort={isSorted ? SORTED[sorting.direction] : undefined}
                    >
                      {sorting && order ? (
                        <SortLink order={order} sorting={sorting}>
                          <table.FlexRender header={header} />
                        </SortLink>
                      ) : (
                        <table.FlexRender header={header} />
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id} className={rowSelection[row.id] ? styles.chosen : undefined}>
                {selection && (
                  <td className={styles.choice}>
                    <Checkbox
                      aria-label={`Choose ${selection.nameOf(row.original)}`}
                      checked={rowSelection[row.id] ?? false}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </td>
                )}
                {row.getAllCells().map((cell) => {
                  const { hideBelow, align } = cell.column.columnDef.meta ?? {};
                  return (
                    <td key={cell.id} className={`${hideBelow ? styles[hideBelow] : ''} ${align ? styles[align] : ''}`}>
                      <table.FlexRender cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
