'use client';

import { Link } from '#components/ui/link.tsx';
import type { Message } from '#components/ui/overlays/kept-messages.ts';
import { useWords } from '#components/words/use-words.ts';
import { UndoDismissal } from './undo.tsx';

/** What came of an action, the way to each of whom it was about, and back. */
export function ActionResult({ message, onUndone }: { message: Message; onUndone: (text: string) => void }) {
  const say = useWords('actions');
  const { text, deed, undo } = message;
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
      {undo && <UndoDismissal {...undo} onUndone={onUndone} />}
    </>
  );
}
