'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { Modal } from '#components/ui/overlays/modal.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';

/** Discards the upload, after a confirmation. */
export function Discard(props: { name: string; isBusy: boolean; whyNot: string | null; discard: () => void }) {
  const say = useWords('upload');
  const { name, isBusy, whyNot, discard } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <GuardedButton whyNot={whyNot} appearance="subtle" onClick={() => setOpen(true)}>
        {say('discard')}
      </GuardedButton>
      <Modal title={say('discardQuestion')} isOpen={isOpen} close={() => setOpen(false)}>
        <p>{say('discardMeans', { name })}</p>
        <div className={stack.row}>
          <Button appearance="primary" disabledFocusable={isBusy} onClick={discard}>
            {say('discardNow')}
          </Button>
          <Button onClick={() => setOpen(false)}>{say('keep')}</Button>
        </div>
      </Modal>
    </>
  );
}
