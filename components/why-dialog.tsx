'use client';

import { Button, Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { Modal } from './modal.tsx';
import styles from './why-dialog.module.css';

/** Asks why before something is done that the history should explain. */
export function WhyDialog(props: {
  title: string;
  /** What it means, in a sentence. */
  means: string;
  verb: string;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  confirm: (why: string) => void;
}) {
  const [why, setWhy] = useState('');
  const isReady = why.trim().length >= 3;
  return (
    <Modal title={props.title} isOpen={props.isOpen} close={props.close}>
      <p>{props.means}</p>
      <Field label="Why" required hint="A few words; they are kept in the history.">
        <Textarea value={why} maxLength={500} onChange={(_, { value }) => setWhy(value)} />
      </Field>
      <div className={styles.choice}>
        <Button onClick={props.close}>Cancel</Button>
        <Button appearance="primary" disabled={!isReady || props.isBusy} onClick={() => props.confirm(why.trim())}>
          {props.verb}
        </Button>
      </div>
    </Modal>
  );
}
