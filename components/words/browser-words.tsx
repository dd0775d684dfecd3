import type { ReactNode } from 'react';
import { compiledMessages } from '#lib/words/dictionary.ts';
import type { Area } from '#lib/words/english.ts';
import { requestLanguage } from './words.ts';
import { WordsProvider } from './words-context.tsx';

/** Sends these areas of the dictionary with the page, for the components in it that the browser draws. */
export async function BrowserWords({ areas, children }: { areas: readonly Area[]; children: ReactNode }) {
  const language = await requestLanguage();
  const sent = Object.fromEntries(areas.map((area) => [area, compiledMessages(language, area)]));
  return (
    <WordsProvider language={language} areas={sent}>
      {children}
    </WordsProvider>
  );
}
