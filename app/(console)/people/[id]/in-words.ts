/** A person and its timeline as their reader gets them. Pure. */
import type { Written } from '#lib/domain/events.ts';
import { eventText } from '#lib/services/history/event-text.ts';
import type { PersonDetail, TimelineEntry } from '#lib/services/people/people.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import { inWords, reasonsIn, type SayReason } from '#lib/words/reasons.ts';
import type { Say } from '#lib/words/say.ts';
import type { SentenceInWords } from '#lib/words/sentences.ts';

export type EntryInWords = TimelineEntry & Partial<SentenceInWords>;
export type PersonInWords = Omit<PersonDetail, 'timeline'> &
  SentenceInWords & {
    timeline: EntryInWords[];
    /** What to do, one after the other. */
    steps: readonly string[];
  };

type SayTimeline = Say<Words['timeline']>;

function whyText(say: SayTimeline, because: NonNullable<Written['because']>): string {
  const by = because.by ?? '';
  if (because.what === 'location')
    return because.source === 'operator' ? say('why.operator', { by }) : say(`why.${because.source}`);
  if (because.isReassigned) return say('why.reassigned', { by });
  const { employeeType: type } = because;
  return because.by === null ? say('why.licence', { type }) : say('why.decided', { type, by });
}

/** As it was stored where an earlier release wrote it. */
function writtenInWords(say: SayTimeline, written: Written): Written {
  const { because } = written;
  return because ? { ...written, what: say(because.what), why: whyText(say, because) } : written;
}

function sentenceOf(language: Language, say: SayReason, entry: TimelineEntry): Partial<SentenceInWords> {
  const { reason, message, said, event, actor } = entry;
  const text = event && eventText(language, { ...event, actor, message, file: null });
  if (text !== null) return { message: text };
  return say.sentence({ reason: reason ?? '', message, said });
}

function entryInWords(language: Language, sayReason: SayReason, entry: TimelineEntry): EntryInWords {
  const say = sayIn(language, 'timeline');
  const { unchanged: n } = entry;
  if (n !== null) {
    const message = n > 1 ? say('unchangedSoFar', { n }) : say('unchanged');
    return { ...entry, title: say('checkedAgain'), message };
  }
  const title = entry.reason === null ? entry.title : sayReason.title(entry.reason);
  const written = entry.written.map((one) => writtenInWords(say, one));
  return { ...entry, ...sentenceOf(language, sayReason, entry), title, written, said: null, event: null };
}

export function personInWords(language: Language, person: PersonDetail): PersonInWords {
  const say = reasonsIn(language);
  const timeline = person.timeline.map((entry) => entryInWords(language, say, entry));
  return { ...inWords(say, person), fix: say.fix(person.reason), steps: say.steps(person.reason), timeline };
}
