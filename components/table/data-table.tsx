'use client';

import { Checkbox } from '@fluentui/react-components';
import { ArrowDownIcon } from '@primer/octicons-react/ArrowDownIcon';
import { ArrowUpIcon } from '@primer/octicons-react/ArrowUpIcon';
import {
  type ColumnDef,
  columnOrderingFeature,
  columnVisibilityFeature,
  metaHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { usePathname, useSearchParams } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { countText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import styles from './data-table.module.css';

interface ColumnStyle {
  /** Name of the order that the server knows; without it the column cannot be sorted. */
  order?: string;
  /** Left out below this width: the item's own page has it. */
  hideBelow?: 'tablet' | 'desktop';
  align?: 'end';
}

const features = tableFeatures({
  rowSelectionFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<ColumnStyle>(),
});

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
  /** Ids of the columns to show, in order; without it all of them as they come. */
  shownColumns?: readonly string[];
  selection?: {
    nameOf: (row: Row) => string;
    /** Shown above the table while something is chosen, on this page or on others. */
    actions: (chosen: Row[], clear: () => void) => ReactNode;
    /** Where there are more rows than this page holds: what can be done with all of them. */
    everybody?: { total: number; one: string; many: string; actions: (clear: () => void) => ReactNode };
  };
}

type Selection<Row extends object> = NonNullable<Props<Row>['selection']>;

/** What is chosen stays chosen from page to page: rows are kept as they were when they were chosen. */
function useChosen<Row extends object>(rows: readonly Row[], rowId: (row: Row) => string) {
  const [kept, setKept] = useState<ReadonlyMap<string, Row>>(new Map());
  const [isEverybody, setEverybody] = useState(false);
  const onPage = new Map(rows.map((row) => [rowId(row), row]));
  const rowSelection: RowSelectionState = Object.fromEntries([...kept.keys()].map((id) => [id, true]));
  const change = (updater: RowSelectionState | ((before: RowSelectionState) => RowSelectionState)) => {
    const after = typeof updater === 'function' ? updater(rowSelection) : updater;
    const next = new Map<string, Row>();
    for (const [id, isChosen] of Object.entries(after)) {
      const row = onPage.get(id) ?? kept.get(id);
      if (isChosen && row) next.set(id, row);
    }
    setKept(next);
    setEverybody(false);
  };
  return {
    rowSelection,
    change,
    // A row that is on this page is shown as it is now.
    chosen: [...kept].map(([id, row]) => onPage.get(id) ?? row),
    isEverybody,
    chooseEverybody: () => setEverybody(true),
    clear: () => {
      setKept(new Map());
      setEverybody(false);
    },
  };
}

function ChosenBar<Row extends object>(props: {
  selection: Selection<Row>;
  choice: ReturnType<typeof useChosen<Row>>;
  isWholePage: boolean;
}) {
  const { selection, choice, isWholePage } = props;
  const { everybody } = selection;
  if (choice.chosen.length === 0) return null;
  const isMore = everybody !== undefined && everybody.total > choice.chosen.length;
  return (
    <section className={styles.actions} aria-label="Chosen rows">
      <div className={styles.bar}>
        {choice.isEverybody && everybody
          ? everybody.actions(choice.clear)
          : selection.actions(choice.chosen, choice.clear)}
      </div>
      {isMore && isWholePage && !choice.isEverybody && (
        <button type="button" className={styles.everybody} onClick={choice.chooseEverybody}>
          Choose all {countText(everybody.total, everybody.one, everybody.many)} that match, on all pages
        </button>
      )}
    </section>
  );
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const;

function SortLink({ order, sorting, children }: { order: string; sorting: Sorting; children: ReactNode }) {
  const path = usePathname();
  const parameters = new URLSearchParams(useSearchParams());
  const isActive = sorting.by === order;
  parameters.set('sort', order);
  parameters.set('dir', isActive && sorting.direction === 'asc' ? 'desc' : 'asc');
  parameters.delete('page');
  const Arrow = sorting.direction === 'asc' ? ArrowUpIcon : ArrowDownIcon;
  return (
    <Link href={`${path}?${parameters}`} className={styles.sort}>
      {children}
      {isActive && <Arrow aria-hidden="true" />}
    </Link>
  );
}

/** The one table for data: plain and semantic, scrolled sideways by itself where it must. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { caption, columns, rows, rowId, sorting, selection, shownColumns } = props;
  const choice = useChosen(rows, rowId);
  const { rowSelection } = choice;
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    state: {
      rowSelection,
      columnOrder: shownColumns ? [...shownColumns] : [],
      columnVisibility: shownColumns
        ? Object.fromEntries(columns.map(({ id = '' }) => [id, shownColumns.includes(id)]))
        : {},
    },
    onRowSelectionChange: choice.change,
  });
  const shown = table.getRowModel().rows;
  const chosen = shown.filter((row) => rowSelection[row.id]);
  return (
    <>
      {selection && <ChosenBar selection={selection} choice={choice} isWholePage={chosen.length === shown.length} />}
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
                {row.getVisibleCells().map((cell) => {
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
