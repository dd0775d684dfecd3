'use client';

import { Fragment, useEffect, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Switch } from '#components/controls/choice.tsx';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { useWords } from '#components/words/use-words.ts';
import { GO_KEYS } from './page-keys.ts';
import styles from './palette.module.css';
import { singleKeysAreOn, turnSingleKeys } from './single-keys.ts';

const KEYS = ['find', 'slash', 'list', 'go', 'rows', 'retry', 'copy', 'tab', 'press', 'escape'] as const;

/** The keyboard shortcuts. */
export function KeysDialog({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  const say = useWords('keys');
  const sayPage = useWords('navigation');
  const pages = Object.entries(GO_KEYS).map(([key, { page }]) => `${key} ${sayPage(page)}`);
  const [isOn, setOn] = useState(true);
  useEffect(() => {
    if (isOpen) setOn(singleKeysAreOn());
  }, [isOpen]);
  return (
    <Modal title={say('title')} isOpen={isOpen} close={close}>
      <dl className={styles.keys}>
        {KEYS.map((name) => (
          <Fragment key={name}>
            <dt>
              <kbd className={styles.kbd}>{say(`keys.${name}`)}</kbd>
            </dt>
            <dd>{name === 'go' ? say('does.go', { pages: pages.join(', ') }) : say(`does.${name}`)}</dd>
          </Fragment>
        ))}
      </dl>
      <Switch
        label={say('singleKeys')}
        checked={isOn}
        onChange={(checked) => {
          turnSingleKeys(checked);
          setOn(checked);
        }}
      />
      <div className={modal.choice}>
        <Button appearance="primary" onClick={close}>
          {say('done')}
        </Button>
      </div>
    </Modal>
  );
}
