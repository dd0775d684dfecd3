'use client';

import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import { UndoDismissal } from './undo.tsx';

/** What came of something that was done. */
export interface Message {
  text: string;
  /** The event of the history that shows what was done to all of them; null: to one, or to nobody. */
  deed?: number | null;
  /** Who was dismissed, and can be brought back with one click for a while. */
  dismissed?: readonly number[] | undefined;
}

/** What came of an action, the way to each of whom it was about, and back. */
export function ActionResult({ message, onUndone }: { message: Message; onUndone: (text: string) => void }) {
  const say = useWords('actions');
  const { text, deed, dismissed } = message;
  return (
    <>
      <p>
        {text}
        {deed && (
          <>
            {' '}
            <Link href={`/history/${deed}`}>{say('seeEach')}</Link>
          </>
        )}
      </p>
      {dismissed && <UndoDismissal people={dismissed} onUndone={onUndone} />}
    </>
  );
}
