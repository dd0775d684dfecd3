/** A sentence that was kept, marked where it is not in the language of the page. */
import type { SentenceInWords } from '#lib/words/sentences.ts';

export function Sentence({ message, lang }: SentenceInWords) {
  return <span lang={lang}>{message}</span>;
}
