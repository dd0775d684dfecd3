'use client';

import { CopyIcon } from '@primer/octicons-react/CopyIcon';
import { useState } from 'react';
import { useWords } from '#components/words/use-words.ts';
import { Button } from './button.tsx';

/** Puts a text on the clipboard and says so. `keyName`: the single key that presses it. */
export function CopyButton({ text, keyName, children }: { text: string; keyName?: string; children: string }) {
  const say = useWords('controls');
  const [feedback, setFeedback] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setFeedback(say('copied'));
    } catch {
      setFeedback(say('notAllowed'));
    }
  };
  return (
    <>
      <Button icon={<CopyIcon />} onClick={copy} aria-keyshortcuts={keyName}>
        {feedback || children}
      </Button>
      <span role="status" className="unseen">
        {feedback}
      </span>
    </>
  );
}
