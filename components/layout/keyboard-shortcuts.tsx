'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Switch } from '#components/controls/choice.tsx';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';
import styles from './palette.module.css';
import { singleKeysAreOn, turnSingleKeys } from './single-keys.ts';

const KEYS = [
  ['Ctrl K, or Cmd K', 'Find people, files, runs and pages; paste a list of names'],
  ['/', 'The same'],
  ['?', 'This list'],
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
        label="Single-key shortcuts (/ and ?)"
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
