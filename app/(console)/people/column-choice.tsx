'use client';

import { ArrowDownIcon } from '@primer/octicons-react/ArrowDownIcon';
import { ArrowUpIcon } from '@primer/octicons-react/ArrowUpIcon';
import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Checkbox } from '#components/controls/choice.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { ColumnId } from '#lib/services/people/people-export.ts';
import styles from './people.module.css';
import { COLUMN_IDS, COLUMNS_COOKIE } from './people-columns.ts';

const A_YEAR_S = 365 * 24 * 3600;

async function remember(columns: readonly ColumnId[]): Promise<void> {
  await cookieStore.set({
    name: COLUMNS_COOKIE,
    value: columns.join('.'),
    path: '/',
    sameSite: 'strict',
    expires: Date.now() + A_YEAR_S * 1000,
  });
}

function moved(columns: readonly ColumnId[], from: number, by: -1 | 1): ColumnId[] {
  const next = [...columns];
  const [column] = next.splice(from, 1);
  if (column) next.splice(from + by, 0, column);
  return next;
}

/** Which columns to show and in which order; this browser remembers it. */
export function ColumnChoice({ shown }: { shown: ColumnId[] }) {
  const say = useWords('peopleList');
  const refresh = useRefresh();
  const [isOpen, setOpen] = useState(false);
  const [columns, setColumns] = useState(shown);
  const change = async (next: ColumnId[]) => {
    setColumns(next);
    await remember(next);
    refresh();
  };
  const hidden = COLUMN_IDS.filter((id) => !columns.includes(id));
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('columns')}</Button>
      <Modal title={say('columns')} isOpen={isOpen} close={() => setOpen(false)}>
        <ul className={styles.columns}>
          {[...columns, ...hidden].map((id) => {
            const at = columns.indexOf(id);
            return (
              <li key={id}>
                <Checkbox
                  label={say(`column.${id}`)}
                  checked={at >= 0}
                  disabled={id === 'name'}
                  onChange={(checked) => change(checked ? [...columns, id] : columns.filter((column) => column !== id))}
                />
                {at >= 0 && (
                  <span>
                    <Button
                      appearance="subtle"
                      icon={<ArrowUpIcon />}
                      aria-label={say('up', { column: say(`column.${id}`) })}
                      disabled={at === 0}
                      onClick={() => change(moved(columns, at, -1))}
                    />
                    <Button
                      appearance="subtle"
                      icon={<ArrowDownIcon />}
                      aria-label={say('down', { column: say(`column.${id}`) })}
                      disabled={at === columns.length - 1}
                      onClick={() => change(moved(columns, at, 1))}
                    />
                  </span>
                )}
              </li>
            );
          })}
        </ul>
        <p className="muted">{say('narrow')}</p>
        <div className={styles.close}>
          <Button appearance="primary" onClick={() => setOpen(false)}>
            {say('done')}
          </Button>
        </div>
      </Modal>
    </>
  );
}
