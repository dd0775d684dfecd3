'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';
import { Row } from './row.tsx';
import styles from './rows-table.module.css';
import type { DraftState } from './use-draft.ts';

const LINE_WIDTH = 60;
const VERDICT_WIDTH = 150;
const WIDE_VERDICT_WIDTH = 320;
const ROW_HEIGHT = 41;
const OVERSCAN = 8;

const WIDTHS: Record<string, number> = { UserPrincipalName: 260, CN: 170 };
const OTHER_WIDTH = 130;

/** What each column of the file means to us, by its place; null: nothing. */
function meanings({ columns, names }: DraftDetail): (string | null)[] {
  const known = Object.entries(columns ?? {});
  return names.map((_, at) => known.find(([, place]) => place === at)?.[0] ?? null);
}

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

/** Every row of the upload; only those in view are in the page, so that many thousand stay smooth. */
export function RowsTable({ editor, draft, rows }: { editor: DraftState; draft: DraftDetail; rows: ReviewRow[] }) {
  const scroller = useRef<HTMLElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.line ?? index,
    overscan: OVERSCAN,
  });
  const means = useMemo(() => meanings(draft), [draft]);
  const result = editor.preview?.isCurrent ? editor.preview.result : null;
  const outcomes = useMemo(() => new Map(result?.outcomes.map((outcome) => [outcome.line, outcome])), [result]);
  const isWide = outcomes.size > 0 || rows.some(({ notes }) => notes.length > 0);
  const widths = [
    LINE_WIDTH,
    isWide ? WIDE_VERDICT_WIDTH : VERDICT_WIDTH,
    ...means.map((meaning) => WIDTHS[meaning ?? ''] ?? OTHER_WIDTH),
  ];
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const edit = (cell: string | null, focus?: string) => {
    setEditing(cell);
    if (focus)
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-cell="${focus}"]`)?.focus());
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard, also where no row has anything to press
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Rows of the upload, can be scrolled">
      <table
        className={styles.table}
        aria-rowcount={rows.length + 1}
        style={{ width: `max(100%, ${widths.reduce((sum, width) => sum + width, 0)}px)` }}
      >
        <caption className="unseen">
          Rows of {draft.name}. Enter corrects a cell, arrow keys go from cell to cell.
        </caption>
        <colgroup>
          {widths.map((width, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
            <col key={at} style={{ width: at === 1 ? `min(${width}px, calc(100vw - 120px))` : width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={styles.end}>
              Line
            </th>
            <th scope="col">Verdict</th>
            {draft.names.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may have the same name
              <th key={at} scope="col">
                {name.trim() || `Column ${at + 1}`}
                {means[at] && means[at] !== name && <span className={styles.meaning}>{means[at]}</span>}
              </th>
            ))}
          </tr>
        </thead>
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
                  means={means}
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
