/** What entries of the history say, to the reader of a page. */
import { saidWithEvent } from '#lib/domain/reasons/said.ts';
import { changesIn, type HistoryEntry } from '#lib/services/history/deeds.ts';
import { eventText } from '#lib/services/history/event-text.ts';
import type { Change } from '#lib/services/history/history-changes.ts';
import { reasonWords } from './reasons.ts';
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
  const sayReason = await reasonWords();
  return (entry) => {
    const changes = changesIn(language, entry);
    const text = eventText(language, entry);
    if (text !== null) return { text, lang: undefined, changes };
    const { reason, message, data } = entry;
    const told = sayReason.sentence({ reason: reason ?? '', message, said: saidWithEvent(data) });
    return { text: told.message, lang: told.lang, changes };
  };
}
