'use client';

import { Button } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { MoveResult } from '#lib/services/move-people.ts';
import { PERSON_ACTIONS, type PersonAction } from '#lib/services/person-actions.ts';
import { countText } from './count-text.ts';
import styles from './people-actions.module.css';
import { postJson } from './post.ts';
import { WhyDialog } from './why-dialog.tsx';

/** What an action needs to know of a person. */
export interface Actionable {
  id: number;
  revision: number;
  actions: PersonAction[];
}

type ActionWithWhy = 'reject' | 'dismiss';

const WORDS: Record<PersonAction, { verb: string; done: string }> = {
  approve: { verb: 'Approve', done: 'approved: the next cycle gives them their licence' },
  retry: { verb: 'Retry', done: 'queued: the next cycle looks again' },
  reopen: { verb: 'Reopen', done: 'reopened: the next cycle looks again' },
  reject: { verb: 'Reject', done: 'rejected: they need attention now' },
  dismiss: { verb: 'Dismiss', done: 'dismissed' },
};
const IN_ORDER = PERSON_ACTIONS.toSorted((a, b) => Object.keys(WORDS).indexOf(a) - Object.keys(WORDS).indexOf(b));

const MEANS: Record<ActionWithWhy, string> = {
  reject: 'They get no licence. They need attention until somebody corrects and retries, or dismisses.',
  dismiss: 'Nothing more is done for them until somebody reopens them or a file names them again.',
};
const ASKS_WHY = ['reject', 'dismiss'] as const satisfies readonly PersonAction[];
const asksWhy = (action: PersonAction): action is ActionWithWhy => ASKS_WHY.some((name) => name === action);

function resultText(action: PersonAction, { done, refused }: MoveResult): string {
  const moved = `${countText(done.length, 'person', 'people')} ${WORDS[action].done}.`;
  const [first] = refused;
  return first ? `${moved} ${refused.length} left alone: ${first.why}` : moved;
}

/** Buttons for what may be done with one or many people, each with the number it is about; what happened is said below. */
export function PeopleActions({ people, onDone }: { people: Actionable[]; onDone?: (result: string) => void }) {
  const router = useRouter();
  const [busy, setBusy] = useState<PersonAction | null>(null);
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState<ActionWithWhy | null>(null);

  const able = (action: PersonAction) => people.filter(({ actions }) => actions.includes(action));
  const act = async (action: PersonAction, why?: string) => {
    setBusy(action);
    const seen = able(action).map(({ id, revision }) => ({ id, revision }));
    const answer = await postJson<MoveResult>(`/api/people/${action}`, { people: seen, why });
    const result = answer.ok ? resultText(action, answer.data) : answer.message;
    setSaid(result);
    setBusy(null);
    setAsked(null);
    if (answer.ok) onDone?.(result);
    router.refresh();
  };
  const label = (action: PersonAction) => {
    const n = able(action).length;
    if (people.length === 1) return WORDS[action].verb;
    return n === people.length ? `${WORDS[action].verb} ${n}` : `${WORDS[action].verb} ${n} of ${people.length}`;
  };

  return (
    <div className={styles.bar}>
      {IN_ORDER.filter((action) => able(action).length > 0).map((action) => (
        <Button
          key={action}
          appearance={action === 'approve' ? 'primary' : 'secondary'}
          disabledFocusable={busy !== null}
          onClick={() => (asksWhy(action) ? setAsked(action) : act(action))}
        >
          {label(action)}
        </Button>
      ))}
      <p role="status" className={styles.said}>
        {said}
      </p>
      {ASKS_WHY.map((action) => (
        <WhyDialog
          key={action}
          title={`${WORDS[action].verb} ${countText(able(action).length, 'person', 'people')}?`}
          means={MEANS[action]}
          verb={WORDS[action].verb}
          isOpen={asked === action}
          isBusy={busy !== null}
          close={() => setAsked(null)}
          confirm={(why) => act(action, why)}
        />
      ))}
    </div>
  );
}
