'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { MoveResult } from '#lib/services/people-moves.ts';
import { PERSON_ACTIONS, type PersonAction } from '#lib/services/person-actions.ts';
import { countText } from './count-text.ts';
import { GuardedButton } from './guarded-button.tsx';
import styles from './people-actions.module.css';
import { postJson } from './post.ts';
import { UndoDismissal } from './undo.tsx';
import { WhyDialog } from './why-dialog.tsx';

/** What an action needs to know of a person. */
export interface Actionable {
  id: number;
  revision: number;
  actions: PersonAction[];
}

const WORDS: Record<PersonAction, { verb: string; done: string }> = {
  approve: { verb: 'Approve', done: 'approved: they get their licence now' },
  retry: { verb: 'Retry now', done: 'looked at again now' },
  reopen: { verb: 'Reopen', done: 'reopened and looked at again now' },
  dismiss: { verb: 'Dismiss', done: 'dismissed' },
};
const IN_ORDER = PERSON_ACTIONS.toSorted((a, b) => Object.keys(WORDS).indexOf(a) - Object.keys(WORDS).indexOf(b));

function resultText(action: PersonAction, { done, refused }: MoveResult): string {
  const moved = `${countText(done.length, 'person', 'people')} ${WORDS[action].done}.`;
  const [first] = refused;
  return first ? `${moved} ${refused.length} left alone: ${first.why}` : moved;
}

interface Props {
  people: Actionable[];
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
  onDone?: (result: string) => void;
}

/** Buttons for what may be done with one or many people, each with the number it is about; what happened is said below. */
export function PeopleActions({ people, whyNot, onDone }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState<PersonAction | null>(null);
  const [said, setSaid] = useState('');
  const [isDismissing, setDismissing] = useState(false);
  const [dismissed, setDismissed] = useState<number[]>([]);

  const able = (action: PersonAction) => people.filter(({ actions }) => actions.includes(action));
  const act = async (action: PersonAction, why?: string) => {
    setBusy(action);
    const seen = able(action).map(({ id, revision }) => ({ id, revision }));
    const answer = await postJson<MoveResult>(`/api/people/${action}`, { people: seen, why });
    const result = answer.ok ? resultText(action, answer.data) : answer.message;
    setSaid(result);
    setDismissed(answer.ok && action === 'dismiss' ? answer.data.done : []);
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
        <GuardedButton
          key={action}
          whyNot={whyNot}
          appearance={action === 'approve' ? 'primary' : 'secondary'}
          disabledFocusable={busy !== null}
          onClick={() => (action === 'dismiss' ? setDismissing(true) : act(action))}
        >
          {label(action)}
        </GuardedButton>
      ))}
      <p role="status" className={styles.said}>
        {said}
      </p>
      {dismissed.length > 0 && <UndoDismissal ids={dismissed} onUndone={setSaid} />}
      <WhyDialog
        title={`Dismiss ${countText(able('dismiss').length, 'person', 'people')}?`}
        verb="Dismiss"
        isOpen={isDismissing}
        isBusy={busy !== null}
        close={() => setDismissing(false)}
        act={(why) => act('dismiss', why)}
      >
        <p>Nothing more is done for them until somebody reopens them or a file names them again.</p>
      </WhyDialog>
    </div>
  );
}
