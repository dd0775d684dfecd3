'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { DraftState } from '#app/(console)/upload/[id]/use-draft.ts';
import { useWords } from '#components/words/use-words.ts';
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';
import { Row } from './row.tsx';
import styles from './rows-table.module.css';
import { sayingTheSame, type TableColumns, tableColumns } from './table-columns.ts';
import { usePageOffset } from './use-page-offset.ts';

const ROW_HEIGHT = 41;
const OVERSCAN = 8;

/** Moves the focus from cell to cell with the arrow keys. */
function onArrow(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-cell]') : null;
  const row = cell?.closest('tr');
  if (!cell || !row || event.target instanceof HTMLInputElement) return;
  const cellsOf = (of: Element | null) => [...(of?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])];
  const own = cellsOf(row);
  const place = own.indexOf(cell);
  const targets: Record<string, HTMLElement | undefined> = {
    ArrowLeft: own[place - 1],
    ArrowRight: own[place + 1],
    ArrowUp: cellsOf(row.previousElementSibling).at(place),
    ArrowDown: cellsOf(row.nextElementSibling).at(place),
  };
  const target = targets[event.key];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function Head({ columns: { apart, together, means, names } }: { columns: TableColumns }) {
  const say = useWords('upload');
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={styles.end}>
          {say('line')}
        </th>
        <th scope="col">{say('verdict')}</th>
        {apart.map((at) => (
          <th key={at} scope="col">
            {names[at]}
            {means[at] && means[at] !== names[at] && <span className={styles.meaning}>{means[at]}</span>}
          </th>
        ))}
        {together.length > 0 && <th scope="col">{say('notUsed')}</th>}
      </tr>
    </thead>
  );
}

/** Every row of the upload; only those in view are in the page, so that many thousand stay smooth. The page itself scrolls. */
export function RowsTable({ editor, draft, rows }: { editor: DraftState; draft: DraftDetail; rows: ReviewRow[] }) {
  const say = useWords('upload');
  const sayRow = useWords('rowCases');
  const table = useRef<HTMLElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const scrollMargin = usePageOffset(table);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.line ?? index,
    overscan: OVERSCAN,
    scrollMargin,
  });
  const result = editor.preview?.isCurrent ? editor.preview.result : null;
  const outcomes = useMemo(() => new Map(result?.outcomes.map(([line, at]) => [line, result.findings[at]])), [result]);
  const isWide = outcomes.size > 0 || rows.some(({ notes }) => notes.length > 0);
  const columns = useMemo(() => tableColumns(draft, isWide, (n) => sayRow('column', { n })), [draft, isWide, sayRow]);
  const alikeCells = useMemo(() => sayingTheSame(draft.rows), [draft.rows]);
  const same = (at: number, from: string) => alikeCells.get(`${at}\n${from}`) ?? 0;
  const { widths } = columns;
  const items = virtualizer.getVirtualItems();
  const before = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const after = virtualizer.getTotalSize() + scrollMargin - (items.at(-1)?.end ?? scrollMargin);
  const edit = (cell: string | null, focus?: string) => {
    setEditing(cell);
    if (focus)
      requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-cell="${focus}"]`)?.focus());
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard, also where no row has anything to press
    <section ref={table} className={styles.rows} tabIndex={0} aria-label={say('rowsOfUpload')}>
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <caption className="unseen">{say('caption', { name: draft.name })}</caption>
        <colgroup>
          {widths.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
            <col key={at} style={{ width: one }} />
          ))}
        </colgroup>
        <Head columns={columns} />
        <tbody onKeyDown={onArrow}>
          {before > 0 && <Gap height={before} columns={widths.length} />}
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <Row
                  key={key}
                  index={index}
                  measure={virtualizer.measureElement}
                  row={row}
                  columns={columns}
                  same={same}
                  outcome={outcomes.get(row.line)}
                  editor={editor}
                  alike={draft.alike}
                  editing={editing}
                  edit={edit}
                />
              )
            );
          })}
          {after > 0 && <Gap height={after} columns={widths.length} />}
        </tbody>
      </table>
    </section>
  );
}

/** A spacer for the rows out of view. */
function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused
    <tr aria-hidden="true" className={styles.gap}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
