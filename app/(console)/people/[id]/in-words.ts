/** A person and its timeline as their reader gets them. Pure. */
import type { PersonDetail, TimelineEntry } from '#lib/services/people/people.ts';
import { inWords, type SayReason, type SentenceInWords } from '#lib/words/reasons.ts';

export type EntryInWords = TimelineEntry & Partial<SentenceInWords>;
export type PersonInWords = Omit<PersonDetail, 'timeline'> & SentenceInWords & { timeline: EntryInWords[] };

function entryInWords(say: SayReason, entry: TimelineEntry): EntryInWords {
  const { reason, message, said } = entry;
  if (reason === null) return entry;
  return { ...entry, ...say.sentence({ reason, message, said }), said: null, title: say.title(reason) };
}

export function personInWords(say: SayReason, person: PersonDetail): PersonInWords {
  const timeline = person.timeline.map((entry) => entryInWords(say, entry));
  return { ...inWords(say, person), fix: say.fix(person.reason), timeline };
}
