/** What entries of the history say, to the reader of a page. */
import { changesIn, type HistoryEntry } from '#lib/services/history/deeds.ts';
import { eventText } from '#lib/services/history/event-text.ts';
import type { Change } from '#lib/services/history/history-changes.ts';
import { requestLanguage } from './words.ts';

export interface EventWords {
  text: string;
  /** Of the text, where it is not that of the page: it is shown as it was recorded. */
  lang: 'en' | undefined;
  changes: Change[];
}

/** Says entries in the language of the request. */
export async function eventWords(): Promise<(entry: HistoryEntry) => EventWords> {
  const language = await requestLanguage();
  return (entry) => {
    const text = eventText(language, entry);
    const lang = text === null && language !== 'en' ? 'en' : undefined;
    return { text: text ?? entry.message, lang, changes: changesIn(language, entry) };
  };
}
