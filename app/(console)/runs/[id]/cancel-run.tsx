'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import type { CancelledRun } from '#lib/services/runs/run-requests.ts';

/** Cancels a queued or running run, after a confirmation. */
export function CancelRun({ id, whyNot }: { id: string; whyNot: string | null }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const cancel = async () => {
    setBusy(true);
    const answer = await postJson<CancelledRun>(`/api/runs/${id}/cancel`, {});
    setFeedback(answer.ok ? 'Cancelled.' : answer.message);
    setBusy(false);
    setOpen(false);
    router.refresh();
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {feedback}
      </span>
      <GuardedButton whyNot={whyNot} onClick={() => setOpen(true)}>
        Cancel this run
      </GuardedButton>
      <Modal title="Cancel this run?" isOpen={isOpen} close={() => setOpen(false)}>
        <p>No new change is started. What has been started is finished and recorded.</p>
        <p>People who were not checked stay as they are; the next run checks them.</p>
        <div className={modal.choice}>
          <Button onClick={() => setOpen(false)}>Keep it running</Button>
          <Button appearance="primary" disabledFocusable={isBusy} onClick={cancel}>
            Cancel the run
          </Button>
        </div>
      </Modal>
    </div>
  );
}
