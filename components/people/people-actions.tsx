'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { countText } from '#components/text/count-text.ts';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { postJson } from '#components/ui/post.ts';
import { PERSON_ACTIONS, type PersonAction } from '#lib/services/people/person-actions.ts';
import type { MoveResult } from '#lib/services/people/seen-people.ts';
import styles from './people-actions.module.css';
import { ReasonDialog } from './reason-dialog.tsx';
import { UndoDismissal } from './undo.tsx';

/** What an action needs to know of a person. */
export interface Actionable {
  id: number;
  revision: number;
  actions: PersonAction[];
  /** For an approval: what would be written, as it was seen. */
  plan?: string | null;
}

const WORDS: Record<PersonAction, { verb: string; done: string }> = {
  approve: { verb: 'Approve', done: 'approved: they get their licence now' },
  retry: { verb: 'Retry now', done: 'looked at again now' },
  reopen: { verb: 'Reopen', done: 'reopened and looked at again now' },
  reject: { verb: 'Reject', done: 'rejected: they need attention now' },
  dismiss: { verb: 'Dismiss', done: 'dismissed' },
};
/** Actions that ask why, with what they mean. */
const NEEDS_REASON = {
  reject: 'They get no licence. They need attention until somebody corrects and retries, or dismisses.',
  dismiss: 'Nothing more is done for them until somebody reopens them or a file names them again.',
} as const satisfies Partial<Record<PersonAction, string>>;
type ActionWithWhy = keyof typeof NEEDS_REASON;
const needsReason = (action: PersonAction): action is ActionWithWhy => Object.hasOwn(NEEDS_REASON, action);
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
  const [feedback, setFeedback] = useState('');
  const [asking, setAsking] = useState<ActionWithWhy | null>(null);
  const [dismissed, setDismissed] = useState<number[]>([]);

  const able = (action: PersonAction) => people.filter(({ actions }) => actions.includes(action));
  const act = async (action: PersonAction, why?: string) => {
    setBusy(action);
    const seen = able(action).map(({ id, revision, plan }) => ({ id, revision, plan }));
    const answer = await postJson<MoveResult>(`/api/people/${action}`, { people: seen, why });
    const result = answer.ok ? resultText(action, answer.data) : answer.message;
    setFeedback(result);
    setDismissed(answer.ok && action === 'dismiss' ? answer.data.done : []);
    setBusy(null);
    setAsking(null);
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
          onClick={() => (needsReason(action) ? setAsking(action) : act(action))}
        >
          {label(action)}
        </GuardedButton>
      ))}
      <p role="status" className={styles.feedback}>
        {feedback}
      </p>
      {dismissed.length > 0 && <UndoDismissal ids={dismissed} onUndone={setFeedback} />}
      {PERSON_ACTIONS.filter(needsReason).map((action) => (
        <ReasonDialog
          key={action}
          title={`${WORDS[action].verb} ${countText(able(action).length, 'person', 'people')}?`}
          verb={WORDS[action].verb}
          isOpen={asking === action}
          isBusy={busy !== null}
          close={() => setAsking(null)}
          act={(why) => act(action, why)}
        >
          <p>{NEEDS_REASON[action]}</p>
        </ReasonDialog>
      ))}
    </div>
  );
}
