'use client';

import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';

/** Opens a closed row, or a closed file that was refused whole, again. */
export function ReopenRow({ row, whyNot }: { row: { id: number; revision: number }; whyNot: string | null }) {
  const say = useWords('rowCases');
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const reopen = async () => {
    setBusy(true);
    const answer = await postJson('/api/rows/reopen', { cases: [{ id: row.id, revision: row.revision }] });
    setBusy(false);
    setRefusal(answer.ok ? '' : answer.message);
    refresh();
  };
  return (
    <>
      <GuardedButton whyNot={whyNot} disabledFocusable={isBusy} onClick={reopen}>
        {say('reopen')}
      </GuardedButton>
      <span role="status">{refusal}</span>
    </>
  );
}
