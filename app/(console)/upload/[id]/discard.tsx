'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { Modal } from '#components/ui/modal.tsx';
import stack from '#components/ui/stack.module.css';

/** Discards the upload, after a confirmation. */
export function Discard(props: { name: string; isBusy: boolean; whyNot: string | null; discard: () => void }) {
  const { name, isBusy, whyNot, discard } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <GuardedButton whyNot={whyNot} appearance="subtle" onClick={() => setOpen(true)}>
        Discard …
      </GuardedButton>
      <Modal title="Discard this upload?" isOpen={isOpen} close={() => setOpen(false)}>
        <p>{name} and its corrections are deleted. Nobody is imported.</p>
        <div className={stack.row}>
          <Button appearance="primary" disabledFocusable={isBusy} onClick={discard}>
            Discard it
          </Button>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </div>
      </Modal>
    </>
  );
}
