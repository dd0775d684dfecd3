'use client';

import { Button, Field, Textarea } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { MoveResult } from '#lib/services/people-moves.ts';
import { PERSON_ACTIONS, type PersonAction } from '#lib/services/person-actions.ts';
import { countText } from './count-text.ts';
import { Modal } from './modal.tsx';
import styles from './people-actions.module.css';
import { postJson } from './post.ts';

/** What an action needs to know of a person. */
export interface Actionable {
  id: number;
  revision: number;
  actions: PersonAction[];
}

const WORDS: Record<PersonAction, { verb: string; done: string }> = {
  approve: { verb: 'Approve', done: 'approved: the next cycle gives them their licence' },
  retry: { verb: 'Retry', done: 'queued: the next cycle looks again' },
  reopen: { verb: 'Reopen', done: 'reopened: the next cycle looks again' },
  dismiss: { verb: 'Dismiss', done: 'dismissed' },
};
const IN_ORDER = PERSON_ACTIONS.toSorted((a, b) => Object.keys(WORDS).indexOf(a) - Object.keys(WORDS).indexOf(b));

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
  const [isDismissing, setDismissing] = useState(false);

  const able = (action: PersonAction) => people.filter(({ actions }) => actions.includes(action));
  const act = async (action: PersonAction, why?: string) => {
    setBusy(action);
    const seen = able(action).map(({ id, revision }) => ({ id, revision }));
    const answer = await postJson<MoveResult>(`/api/people/${action}`, { people: seen, why });
    const result = answer.ok ? resultText(action, answer.data) : answer.message;
    setSaid(result);
    setBusy(null);
    setDismissing(false);
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
          onClick={() => (action === 'dismiss' ? setDismissing(true) : act(action))}
        >
          {label(action)}
        </Button>
      ))}
      <p role="status" className={styles.said}>
        {said}
      </p>
      <Dismissal
        count={able('dismiss').length}
        isOpen={isDismissing}
        isBusy={busy !== null}
        close={() => setDismissing(false)}
        dismiss={(why) => act('dismiss', why)}
      />
    </div>
  );
}

function Dismissal(props: {
  count: number;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  dismiss: (why: string) => void;
}) {
  const [why, setWhy] = useState('');
  const isReady = why.trim().length >= 3;
  return (
    <Modal title={`Dismiss ${countText(props.count, 'person', 'people')}?`} isOpen={props.isOpen} close={props.close}>
      <p>Nothing more is done for them until somebody reopens them or a file names them again.</p>
      <Field label="Why" required hint="A few words; they are kept in the history.">
        <Textarea value={why} maxLength={500} onChange={(_, { value }) => setWhy(value)} />
      </Field>
      <div className={styles.choice}>
        <Button onClick={props.close}>Cancel</Button>
        <Button appearance="primary" disabled={!isReady || props.isBusy} onClick={() => props.dismiss(why.trim())}>
          Dismiss
        </Button>
      </div>
    </Modal>
  );
}
