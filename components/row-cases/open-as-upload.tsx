'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { postJson } from '#components/ui/post.ts';

interface Props {
  fileId: string;
  /** Why this operator may not upload; null: it may. */
  whyNot: string | null;
  /** The first thing to do on its page. */
  isLead?: boolean;
  children: string;
}

/** Opens what stayed out of a file where an upload is corrected, and goes there. */
export function OpenAsUpload({ fileId, whyNot, isLead = false, children }: Props) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const open = async () => {
    setBusy(true);
    const answer = await postJson<{ draftId: string }>('/api/rows/upload', { fileId });
    if (answer.ok) return router.push(`/upload/${answer.data.draftId}`);
    setBusy(false);
    setRefusal(answer.message);
  };
  return (
    <>
      <GuardedButton
        whyNot={whyNot}
        appearance={isLead ? 'primary' : 'secondary'}
        disabledFocusable={isBusy}
        onClick={open}
      >
        {children}
      </GuardedButton>
      <span role="status">{refusal}</span>
    </>
  );
}
