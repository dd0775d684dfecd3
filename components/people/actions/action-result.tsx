'use client';

import { useState } from 'react';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import { UndoDismissal } from './undo.tsx';

interface Props {
  feedback: string;
  /** The event of the history that shows what was done to all of them; null: to one, or to nobody. */
  deed: number | null;
  /** Who was dismissed and can be brought back. */
  dismissed: readonly number[];
}

/** What came of an action with people, the way to each of them, and back. */
export function ActionResult({ feedback, deed, dismissed }: Props) {
  const say = useWords('actions');
  const [undone, setUndone] = useState<string | null>(null);
  if (undone !== null) return <p>{undone}</p>;
  return (
    <>
      <p>
        {feedback}
        {deed !== null && (
          <>
            {' '}
            <Link href={`/history/${deed}`}>{say('seeEach')}</Link>
          </>
        )}
      </p>
      {dismissed.length > 0 && <UndoDismissal ids={dismissed} onUndone={setUndone} />}
    </>
  );
}
