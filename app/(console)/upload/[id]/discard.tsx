'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Modal } from '#components/ui/modal.tsx';
import stack from '#components/ui/stack.module.css';

/** Discards the upload, after a confirmation. */
export function Discard({ name, isBusy, discard }: { name: string; isBusy: boolean; discard: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button appearance="subtle" onClick={() => setOpen(true)}>
        Discard …
      </Button>
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
