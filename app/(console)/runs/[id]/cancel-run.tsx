'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { postJson, sessionEnd } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { CancelledRun } from '#lib/services/runs/run-requests.ts';

/** Cancels a queued or running run, after a confirmation. */
export function CancelRun({ id, whyNot }: { id: string; whyNot: string | null }) {
  const say = useWords('runs');
  const refresh = useRefresh();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const cancel = async () => {
    setBusy(true);
    const answer = await postJson<CancelledRun>(`/api/runs/${id}/cancel`, {});
    setBusy(false);
    if (sessionEnd.isEnded()) return refresh();
    setFeedback(answer.ok ? say('cancelled') : answer.message);
    setOpen(false);
    refresh();
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {feedback}
      </span>
      <GuardedButton whyNot={whyNot} onClick={() => setOpen(true)}>
        {say('cancel')}
      </GuardedButton>
      <Modal title={say('cancelQuestion')} isOpen={isOpen} close={() => setOpen(false)}>
        <p>{say('noNewChange')}</p>
        <p>{say('uncheckedStay')}</p>
        <div className={modal.choice}>
          <Button onClick={() => setOpen(false)}>{say('keep')}</Button>
          <Button appearance="primary" disabledFocusable={isBusy} onClick={cancel}>
            {say('cancelNow')}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
