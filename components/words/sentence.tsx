/** A sentence that was kept, marked where it is not in the language of the page. */
import { VisibleText } from '#components/text/visible-text.tsx';
import type { SentenceInWords } from '#lib/words/sentences.ts';

export function Sentence({ message, lang }: SentenceInWords) {
  return (
    <span lang={lang}>
      <VisibleText text={message} />
    </span>
  );
}
