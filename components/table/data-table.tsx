'use client';

import {
  columnOrderingFeature,
  columnVisibilityFeature,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { usePathname, useSearchParams } from 'next/navigation';
import { type ReactNode, useMemo, useState } from 'react';
import { BareCheckbox } from '#components/controls/choice.tsx';
import { Link } from '#components/ui/link.tsx';
import { useTimeText } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './data-table.module.css';
import { followRows } from './row-link.ts';

/** What the table library keeps for us: which columns stand in which order, and which rows are chosen. The server sorts and pages. */
const features = tableFeatures({ rowSelectionFeature, columnOrderingFeature, columnVisibilityFeature });

interface ColumnStyle {
  id: string;
  header: ReactNode;
  /** Name of the order that the server knows; without it the column cannot be sorted. */
  order?: string;
  /** Left out below this width: the item's own page has it. */
  hideBelow?: 'tablet' | 'desktop';
  align?: 'end';
}

interface ContentColumn<Row> extends ColumnStyle {
  cell: (row: Row) => ReactNode;
  /** Of its cells. */
  className?: string | undefined;
  /** Shown under the pointer. */
  title?: (row: Row) => string;
}

/** A column of times. The cell itself holds the text: one element less in every row. */
interface MomentColumn<Row> extends ColumnStyle {
  moment: (row: Row) => number | null;
  /** Something still to come. */
  isPlan?: boolean;
  /** Shown where there is no time. */
  none?: string;
}

export type Column<Row> = ContentColumn<Row> | MomentColumn<Row>;

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
    everybody?: { total: number; text: string; actions: (clear: () => void) => ReactNode };
  };
}

type Selection<Row extends object> = NonNullable<Props<Row>['selection']>;

/** What is chosen stays chosen from page to page: rows are kept as they were when they were chosen. */
function useChosen<Row extends object>(rows: readonly Row[], rowId: (row: Row) => string) {
  const [kept, setKept] = useState<ReadonlyMap<string, Row>>(new Map());
  const [isEverybody, setEverybody] = useState(false);
  const onPage = new Map(rows.map((row) => [rowId(row), row]));
  const rowSelection: RowSelectionState = Object.fromEntries([...kept.keys()].map((id) => [id, true]));
  return {
    rowSelection,
    change: (updater: RowSelectionState | ((before: RowSelectionState) => RowSelectionState)) => {
      const after = typeof updater === 'function' ? updater(rowSelection) : updater;
      const next = new Map<string, Row>();
      for (const [id, isChosen] of Object.entries(after)) {
        const row = onPage.get(id) ?? kept.get(id);
        if (isChosen && row) next.set(id, row);
      }
      setKept(next);
      setEverybody(false);
    },
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
  const say = useWords('table');
  if (choice.chosen.length === 0) return null;
  const isMore = everybody !== undefined && everybody.total > choice.chosen.length;
  return (
    <section className={styles.actions} aria-label={say('chosenRows')} data-chosen>
      <div className={styles.bar}>
        {choice.isEverybody && everybody
          ? everybody.actions(choice.clear)
          : selection.actions(choice.chosen, choice.clear)}
      </div>
      {isMore && isWholePage && !choice.isEverybody && (
        <button type="button" className={styles.everybody} onClick={choice.chooseEverybody}>
          {everybody.text}
        </button>
      )}
    </section>
  );
}

type ClassName = string | false | undefined;

function classNames(...names: ClassName[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined;
}

function classesOf({ hideBelow, align }: ColumnStyle, ...more: ClassName[]): string | undefined {
  return classNames(hideBelow && styles[hideBelow], align && styles[align], ...more);
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const;

function SortLink({ order, sorting, children }: { order: string; sorting: Sorting; children: ReactNode }) {
  const path = usePathname();
  const parameters = new URLSearchParams(useSearchParams());
  const isActive = sorting.by === order;
  parameters.set('sort', order);
  parameters.set('dir', isActive && sorting.direction === 'asc' ? 'desc' : 'asc');
  parameters.delete('page');
  return (
    <Link href={`${path}?${parameters}`} className={classNames(styles.sort, isActive && styles[sorting.direction])}>
      {children}
    </Link>
  );
}

function MomentCell(props: { at: number; isPlan?: boolean | undefined; className: string | undefined }) {
  const { text, title } = useTimeText(props.at, props.isPlan);
  return (
    <td className={props.className} title={title}>
      {text}
    </td>
  );
}

/** Of each cell of a column: worked out once for all its rows. */
const cellClasses = (column: ColumnStyle & { className?: string | undefined }, hasBox: boolean) => ({
  content: classesOf(column, column.className, hasBox && styles.withBox),
  moment: classesOf(column, styles.moment),
  none: classesOf(column, 'muted'),
});

/** One cell. `box`: the checkbox that selects the row is in its first cell, before the name. No component: a page has 400 of them. */
function cellOf<Row>(column: Column<Row>, classes: ReturnType<typeof cellClasses>, row: Row, box: ReactNode) {
  if ('cell' in column)
    return (
      <td key={column.id} className={classes.content} title={column.title?.(row)}>
        {box}
        {column.cell(row)}
      </td>
    );
  const at = column.moment(row);
  if (at !== null) return <MomentCell key={column.id} at={at} isPlan={column.isPlan} className={classes.moment} />;
  return (
    <td key={column.id} className={classes.none}>
      {column.none}
    </td>
  );
}

/** The one table for data: plain and semantic, scrolled sideways by itself where it must. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const say = useWords('table');
  const { caption, rows, rowId, sorting, selection, shownColumns } = props;
  const columnOf = useMemo(() => new Map(props.columns.map((column) => [column.id, column])), [props.columns]);
  const columns = useMemo(() => [...columnOf.keys()].map((id) => ({ id, header: id })), [columnOf]);
  const choice = useChosen(rows, rowId);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    state: {
      rowSelection: choice.rowSelection,
      columnOrder: shownColumns ? [...shownColumns] : [],
      columnVisibility: shownColumns
        ? Object.fromEntries(columns.map(({ id }) => [id, shownColumns.includes(id)]))
        : {},
    },
    onRowSelectionChange: choice.change,
  });
  const visible = table.getVisibleLeafColumns().flatMap(({ id }, index) => {
    const column = columnOf.get(id);
    return column ? { column, classes: cellClasses(column, selection !== undefined && index === 0) } : [];
  });
  const shown = table.getRowModel().rows;
  const chosenHere = shown.filter((row) => row.getIsSelected()).length;
  const isWholePage = chosenHere === shown.length;
  return (
    <>
      {selection && <ChosenBar selection={selection} choice={choice} isWholePage={isWholePage} />}
      <div className={styles.scroller}>
        <table className={styles.table} aria-label={caption}>
          <thead>
            <tr>
              {visible.map(({ column }, index) => {
                const { id, header, order } = column;
                const isSorted = sorting !== undefined && order !== undefined && sorting.by === order;
                const hasBox = selection !== undefined && index === 0;
                return (
                  <th
                    key={id}
                    scope="col"
                    className={classesOf(column, hasBox && styles.withBox)}
                    aria-sort={isSorted ? SORTED[sorting.direction] : undefined}
                  >
                    {hasBox && (
                      <BareCheckbox
                        aria-label={say('choosePage')}
                        checked={chosenHere > 0 && isWholePage}
                        isMixed={chosenHere > 0 && !isWholePage}
                        onChange={(isOn) => table.toggleAllRowsSelected(isOn)}
                      />
                    )}
                    {sorting && order ? (
                      <SortLink order={order} sorting={sorting}>
                        {header}
                      </SortLink>
                    ) : (
                      header
                    )}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody ref={followRows}>
            {shown.map((row) => {
              const isChosen = row.getIsSelected();
              const box = selection && (
                <BareCheckbox
                  aria-label={say('choose', { name: selection.nameOf(row.original) })}
                  checked={isChosen}
                  onChange={(isOn) => row.toggleSelected(isOn)}
                />
              );
              return (
                <tr key={row.id} className={isChosen ? styles.chosen : undefined}>
                  {visible.map(({ column, classes }, index) =>
                    cellOf(column, classes, row.original, index === 0 && box),
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
