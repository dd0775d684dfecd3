'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Textarea } from '#components/controls/field.tsx';
import styles from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';

/** Asks for a reason in a few words before something is done; the words are kept in the history. */
export function ReasonDialog(props: {
  title: string;
  /** The word on the button that does it. */
  verb: string;
  /** What is often the reason: a click writes it, and it can be changed. */
  reasons?: readonly string[];
  /** It can be left out. */
  isOptional?: boolean;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  /** `why` is empty where it was left out. */
  act: (why: string) => void;
  children: ReactNode;
}) {
  const say = useWords('actions');
  const [why, setWhy] = useState('');
  const isRequired = !props.isOptional;
  const text = why.trim();
  const isReady = text.length >= 3 || (text === '' && !isRequired);
  return (
    <Modal title={props.title} isOpen={props.isOpen} close={props.close}>
      {props.children}
      <Field label={say(isRequired ? 'why' : 'whyOptional')} required={isRequired} hint={say('keptInHistory')}>
        <Textarea
          value={why}
          maxLength={500}
          data-unsaved={why !== ''}
          onChange={({ target: { value } }) => setWhy(value)}
        />
      </Field>
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
        <Button appearance="primary" disabled={!isReady || props.isBusy} onClick={() => props.act(text)}>
          {props.verb}
        </Button>
      </div>
    </Modal>
  );
}
