'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { SessionItem } from '#lib/services/sessions/sessions.ts';
import styles from './sessions.module.css';

type End = (action: 'end' | 'end-all' | 'sign-out-everywhere', input: { id?: string }) => Promise<void>;

/** The address of the machine, and its browser as it calls itself. */
function Origin({ address, userAgent }: SessionItem) {
  return (
    <>
      <span>{address || 'not known'}</span>
      {userAgent && <div className="muted">{userAgent}</div>}
    </>
  );
}

function EndButtons({ item, hasOthers, end }: { item: SessionItem; hasOthers: boolean; end: End }) {
  const whose = item.isThisOne ? 'this session' : `this session of ${item.name}`;
  return (
    <span className={stack.row}>
      <Button size="small" aria-label={`End ${whose}`} onClick={() => end('end', { id: item.id })}>
        End
      </Button>
      {!item.isOwn && hasOthers && (
        <Button
          size="small"
          aria-label={`End all sessions of ${item.name}`}
          onClick={() => end('end-all', { id: item.id })}
        >
          End all
        </Button>
      )}
    </span>
  );
}

function columnsOf(items: readonly SessionItem[], end: End): Column<SessionItem>[] {
  const hasOthers = (item: SessionItem) =>
    items.some(({ id, email, name }) => id !== item.id && email === item.email && name === item.name);
  return [
    {
      id: 'who',
      header: 'Who',
      className: styles.who,
      cell: (item) => (
        <>
          <strong>{item.name}</strong>
          {item.isThisOne && ' (this session)'}
          <div className="muted">{[item.role ?? 'no role', item.email].filter(Boolean).join(', ')}</div>
        </>
      ),
    },
    { id: 'seen', header: 'Last active', cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    { id: 'since', header: 'Signed in', hideBelow: 'tablet', cell: ({ signedInAt }) => <Time at={signedInAt} /> },
    { id: 'from', header: 'From', hideBelow: 'desktop', cell: (item) => <Origin {...item} /> },
    {
      id: 'end',
      header: 'End',
      cell: (item) => <EndButtons item={item} hasOthers={hasOthers(item)} end={end} />,
    },
  ];
}

export function SessionsTable({ items, seesAll }: { items: SessionItem[]; seesAll: boolean }) {
  const router = useRouter();
  const [said, setSaid] = useState('');
  const end: End = async (action, input) => {
    const answer = await postJson(`/api/sessions/${action}`, input);
    setSaid(answer.ok ? 'Ended.' : answer.message);
    router.refresh();
  };
  const own = items.filter(({ isOwn }) => isOwn).length;
  return (
    <>
      <DataTable
        caption={seesAll ? 'Everybody who is signed in' : 'Your sessions'}
        columns={columnsOf(items, end)}
        rows={items}
        rowId={({ id }) => id}
      />
      <div className={stack.row}>
        <Button onClick={() => end('sign-out-everywhere', {})}>
          {own > 1 ? `Sign out of all ${own} sessions` : 'Sign out everywhere'}
        </Button>
        <span role="status" className="muted">
          {said}
        </span>
      </div>
    </>
  );
}
