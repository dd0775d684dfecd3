'use client';

import { Button } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { countText } from '#components/text/count-text.ts';
import { CountryField } from '#components/ui/country-field.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';
import { postJson } from '#components/ui/post.ts';
import { readCountry } from '#lib/domain/countries.ts';
import type { PersonAction } from '#lib/services/people/person-actions.ts';
import type { MoveResult } from '#lib/services/people/seen-people.ts';
import styles from './people-actions.module.css';
import { ReasonDialog } from './reason-dialog.tsx';
import { UndoDismissal } from './undo.tsx';

/** What can be done with everybody of a list; `locate` sets the usage location. */
export type MatchingAction = Extract<PersonAction, 'retry' | 'dismiss' | 'reopen'> | 'locate';

const WORDS: Record<MatchingAction, { verb: string; alone: string; done: string }> = {
  retry: { verb: 'Retry', alone: 'Retry', done: 'looked at again now' },
  reopen: { verb: 'Reopen', alone: 'Reopen', done: 'reopened and looked at again now' },
  locate: { verb: 'Set the location of', alone: 'Set the location', done: 'looked at again now with this location' },
  dismiss: { verb: 'Dismiss', alone: 'Dismiss', done: 'dismissed' },
};

interface Props {
  /** The search parameters of the people list. */
  matching: Record<string, string>;
  /** With how many of these people each action is possible. */
  possible: Partial<Record<MatchingAction, number>>;
  /** How many people there are. */
  total: number;
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
  size?: 'small' | 'medium';
  onDone?: (feedback: string) => void;
}

/** Buttons for everybody of a list or a group, each with the number it is about. The server counts again before it does anything. */
export function MatchingActions({ matching, possible, total, whyNot, size = 'medium', onDone }: Props) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const [asking, setAsking] = useState<MatchingAction | null>(null);
  const [dismissed, setDismissed] = useState<number[]>([]);

  const act = async (action: MatchingAction, more: { why?: string; usageLocation?: string } = {}) => {
    setBusy(true);
    const expected = possible[action] ?? 0;
    const answer = await postJson<MoveResult>('/api/people/matching', { action, matching, expected, ...more });
    const result = answer.ok
      ? `${countText(answer.data.done.length, 'person', 'people')} ${WORDS[action].done}.`
      : answer.message;
    setDismissed(answer.ok && action === 'dismiss' ? answer.data.done : []);
    setFeedback(result);
    setAsking(null);
    setBusy(false);
    if (answer.ok) onDone?.(result);
    router.refresh();
  };
  const actions = (['locate', 'retry', 'reopen', 'dismiss'] as const).filter((action) => (possible[action] ?? 0) > 0);
  const label = (action: MatchingAction) => {
    const n = possible[action] ?? 0;
    if (total === 1) return WORDS[action].alone;
    return n === total
      ? `${WORDS[action].verb} ${countText(n, 'person', 'people')}`
      : `${WORDS[action].verb} ${n} of ${total}`;
  };
  return (
    <div className={styles.bar}>
      {actions.map((action) => (
        <GuardedButton
          key={action}
          size={size}
          whyNot={whyNot}
          disabledFocusable={isBusy}
          onClick={() => (action === 'dismiss' || action === 'locate' ? setAsking(action) : act(action))}
        >
          {label(action)}
        </GuardedButton>
      ))}
      <p role="status" className={styles.feedback}>
        {feedback}
      </p>
      {dismissed.length > 0 && <UndoDismissal ids={dismissed} onUndone={setFeedback} />}
      <ReasonDialog
        title={`Dismiss ${countText(possible.dismiss ?? 0, 'person', 'people')}?`}
        verb="Dismiss"
        isOpen={asking === 'dismiss'}
        isBusy={isBusy}
        close={() => setAsking(null)}
        act={(why) => act('dismiss', { why })}
      >
        <p>Nothing more is done for them until somebody reopens them or a file names them again.</p>
      </ReasonDialog>
      <LocationDialog
        count={possible.locate ?? 0}
        isOpen={asking === 'locate'}
        isBusy={isBusy}
        close={() => setAsking(null)}
        set={(usageLocation) => act('locate', { usageLocation })}
      />
    </div>
  );
}

function LocationDialog(props: {
  count: number;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  set: (location: string) => void;
}) {
  const [location, setLocation] = useState('');
  return (
    <Modal
      title={`Usage location of ${countText(props.count, 'person', 'people')}`}
      isOpen={props.isOpen}
      close={props.close}
    >
      <p>It replaces what the accounts have, and they are looked at again at once.</p>
      <CountryField label="Usage location" required value={location} onChange={setLocation} />
      <div className={modal.choice}>
        <Button onClick={props.close}>Cancel</Button>
        <Button
          appearance="primary"
          disabled={readCountry(location) === null || props.isBusy}
          onClick={() => props.set(location)}
        >
          Set it and try again
        </Button>
      </div>
    </Modal>
  );
}
