'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Textarea } from '#components/controls/field.tsx';
import styles from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';

/** Asks once more before something is done, for the reason too: its words are kept in the history. */
export function ReasonDialog(props: {
  title: string;
  /** The word on the button that does it. */
  verb: string;
  /** What is often the reason: a click writes it, and it can be changed. */
  reasons?: readonly string[];
  /** Whether a reason is asked for, and can be left out. */
  why?: 'required' | 'optional' | 'none';
  /** What else is asked has its answer. */
  isReady?: boolean;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  /** `why` is empty where it was left out. */
  act: (why: string) => void;
  children: ReactNode;
}) {
  const say = useWords('actions');
  const [why, setWhy] = useState('');
  const { why: wanted = 'required', isReady = true } = props;
  const text = why.trim();
  const hasReason = text.length >= 3 || (text === '' && wanted !== 'required');
  return (
    <Modal title={props.title} isOpen={props.isOpen} close={props.close}>
      {props.children}
      {wanted !== 'none' && (
        <Field
          label={say(wanted === 'required' ? 'why' : 'whyOptional')}
          required={wanted === 'required'}
          hint={say('keptInHistory')}
        >
          <Textarea
            value={why}
            maxLength={500}
            data-unsaved={why !== ''}
            onChange={({ target: { value } }) => setWhy(value)}
          />
        </Field>
      )}
      {props.reasons && (
        <fieldset className={stack.row} aria-label={say('commonReasons')}>
          {props.reasons.map((reason) => (
            <Button key={reason} appearance="subtle" aria-pressed={why === reason} onClick={() => setWhy(reason)}>
              {reason}
            </Button>
          ))}
        </fieldset>
      )}
      <div className={styles.choice}>
        <Button onClick={props.close}>{say('cancel')}</Button>
        <Button appearance="primary" disabled={!hasReason || !isReady || props.isBusy} onClick={() => props.act(text)}>
          {props.verb}
        </Button>
      </div>
    </Modal>
  );
}
