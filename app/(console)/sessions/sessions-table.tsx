'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { browserOf } from '#components/text/browser.ts';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { SessionItem } from '#lib/services/sessions/sessions.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './sessions.module.css';

type SaySessions = Say<Words['sessionList']>;
type End = (action: 'end' | 'end-all' | 'sign-out-everywhere', input: { id?: string }) => Promise<void>;

/** The address of the machine, and its browser by name; as it calls itself, where that is all there is. */
function Origin({ address, userAgent }: SessionItem) {
  const say = useWords('sessionList');
  const browser = browserOf(userAgent);
  return (
    <>
      <span>{address || say('notKnown')}</span>
      {userAgent && (
        <div className="muted" title={userAgent}>
          {browser ? say('browserOn', browser) : userAgent}
        </div>
      )}
    </>
  );
}

function EndButtons({ item, hasOthers, end }: { item: SessionItem; hasOthers: boolean; end: End }) {
  const say = useWords('sessionList');
  const { name } = item;
  const label = item.isThisOne ? say('endThis') : say('endOf', { name });
  return (
    <span className={stack.row}>
      <Button appearance="subtle" aria-label={label} onClick={() => end('end', { id: item.id })}>
        {say('end')}
      </Button>
      {!item.isOwn && hasOthers && (
        <Button
          appearance="subtle"
          aria-label={say('endAllOf', { name })}
          onClick={() => end('end-all', { id: item.id })}
        >
          {say('endAll')}
        </Button>
      )}
    </span>
  );
}

function columnsOf(say: SaySessions, items: readonly SessionItem[], end: End): Column<SessionItem>[] {
  const hasOthers = (item: SessionItem) =>
    items.some(({ id, email, name }) => id !== item.id && email === item.email && name === item.name);
  return [
    {
      id: 'who',
      header: say('who'),
      className: styles.who,
      cell: (item) => (
        <>
          <strong>{item.name}</strong>
          {item.isThisOne && ` ${say('thisOne')}`}
          <div className="muted">{[item.role ?? say('noRole'), item.email].filter(Boolean).join(', ')}</div>
        </>
      ),
    },
    { id: 'seen', header: say('seen'), cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    { id: 'since', header: say('signedIn'), hideBelow: 'tablet', cell: ({ signedInAt }) => <Time at={signedInAt} /> },
    { id: 'from', header: say('from'), hideBelow: 'desktop', cell: (item) => <Origin {...item} /> },
    {
      id: 'end',
      header: say('end'),
      cell: (item) => <EndButtons item={item} hasOthers={hasOthers(item)} end={end} />,
    },
  ];
}

export function SessionsTable({ items, seesAll }: { items: SessionItem[]; seesAll: boolean }) {
  const say = useWords('sessionList');
  const refresh = useRefresh();
  const [said, setSaid] = useState('');
  const end: End = async (action, input) => {
    const answer = await postJson(`/api/sessions/${action}`, input);
    setSaid(answer.ok ? say('ended') : answer.message);
    refresh();
  };
  const own = items.filter(({ isOwn }) => isOwn).length;
  return (
    <>
      <DataTable
        caption={say(seesAll ? 'everybody' : 'yours')}
        columns={columnsOf(say, items, end)}
        rows={items}
        rowId={({ id }) => id}
      />
      <div className={stack.row}>
        <Button onClick={() => end('sign-out-everywhere', {})}>
          {own > 1 ? say('signOutOfAll', { n: own }) : say('signOut')}
        </Button>
        <span role="status" className="muted">
          {said}
        </span>
      </div>
    </>
  );
}
