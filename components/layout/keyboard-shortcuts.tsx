'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Switch } from '#components/controls/choice.tsx';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';
import { GO_KEYS } from './page-keys.ts';
import styles from './palette.module.css';
import { singleKeysAreOn, turnSingleKeys } from './single-keys.ts';

const GO_TEXT = Object.entries(GO_KEYS)
  .map(([key, { label }]) => `${key} ${label}`)
  .join(', ');

const KEYS = [
  ['Ctrl K, or Cmd K', 'Find people, files, runs and pages; paste a list of names'],
  ['/', 'The same'],
  ['?', 'This list'],
  ['g, then a letter', `Go to a page: ${GO_TEXT}`],
  ['j, k', 'Next and previous row; Enter opens it'],
  ['r', 'Retry, where the page offers it'],
  ['c', 'Copy for the ticket, on the page of a person'],
  ['Tab, Shift Tab', 'Go to the next or previous element'],
  ['Enter, Space', 'Press a button, choose a row'],
  ['Escape', 'Close a window like this one'],
] as const;

/** The keyboard shortcuts. */
export function KeysDialog({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const [isOn, setOn] = useState(true);
  useEffect(() => {
    if (isOpen) setOn(singleKeysAreOn());
  }, [isOpen]);
  return (
    <Modal title="Keyboard shortcuts" isOpen={isOpen} close={close}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, what]) => [
          <dt key={keys}>
            <kbd className={styles.kbd}>{keys}</kbd>
          </dt>,
          <dd key={what}>{what}</dd>,
        ])}
      </dl>
      <Switch
        label="Single-key shortcuts, all but the first and the last three"
        checked={isOn}
        onChange={(checked) => {
          turnSingleKeys(checked);
          setOn(checked);
        }}
      />
      <div className={modal.choice}>
        <Button appearance="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Modal>
  );
}
