'use client';

import { type ReactNode, use, useEffect, useState } from 'react';
import { address } from '#components/text/address.ts';
import { getJson } from '#components/ui/post.ts';
import type { Area } from '#lib/words/english.ts';
import type { Compiled } from '#lib/words/say.ts';
import { WordsContext, WordsProvider } from './words-context.tsx';

/** Asks the server for the words of an area once they are needed, so that no page is longer for a dialog that few open. Draws nothing before. */
export function LaterWords({ area, children }: { area: Area; children: ReactNode }) {
  const { language } = use(WordsContext);
  const [messages, setMessages] = useState<Compiled | null>(null);
  useEffect(() => {
    let isOver = false;
    void getJson<Compiled>(address('/api/words', { area })).then((answer) => {
      if (answer.ok && !isOver) setMessages(answer.data);
    });
    return () => {
      isOver = true;
    };
  }, [area]);
  if (messages === null) return null;
  return (
    <WordsProvider language={language} areas={{ [area]: messages }}>
      {children}
    </WordsProvider>
  );
}
