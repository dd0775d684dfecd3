/** Results of the set-up's checks, said in the reader's language. No verb: `setup.ts` returns them. */
import { z } from 'zod';
import type { CheckResult as StoredResult } from '#lib/domain/setup-checks.ts';
import { scheduleText } from '#lib/schedule/schedule-text.ts';
import { inputProblemIn } from '#lib/services/http/input-problem.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import { ENGLISH } from '#lib/words/english.ts';
import { type Found, sayFound } from '#lib/words/findings.ts';
import type { Language } from '#lib/words/languages.ts';

/** What one check found, in the reader's language. */
export interface CheckResult extends Omit<StoredResult, 'said'> {
  /** Where message and fix are not in it: they were stored by an earlier release, in English alone. */
  lang: 'en' | undefined;
}

const sentenceSchema = z.union([z.tuple([z.string()]), z.tuple([z.string(), z.record(z.string(), z.unknown())])]);
const foundSchema = z.object({
  title: sentenceSchema.nullable(),
  sentences: z.array(sentenceSchema).min(1),
  fix: sentenceSchema.nullable(),
});
type Read = z.infer<typeof sentenceSchema>;

const scheduleSchema = z.object({ schedule: z.string() });
const problemSchema = z.object({ problem: z.string() });

/** A schedule is put into words by a library that the dictionary does not know, and what is wrong with one as in Settings. */
function renewed(language: Language, [key, values]: Read): Read {
  const scheduled = key === 'scheduleIs' ? scheduleSchema.safeParse(values).data : null;
  if (scheduled) return [key, { ...values, text: scheduleText(scheduled.schedule, language === 'de' ? 'de' : 'en') }];
  const wrong = key === 'scheduleProblem' ? problemSchema.safeParse(values).data : null;
  return wrong ? [key, { problem: inputProblemIn(language, wrong.problem) }] : values ? [key, values] : [key];
}

/** An earlier release kept of unread files only what it said in English. */
const isEnglish = ([key, values]: Read) => key === 'otherFiles' && typeof values?.text === 'string';

/** Null: made by another release, whose messages this one does not have. */
function saidIn(language: Language, said: unknown): ReturnType<typeof sayFound> | null {
  const found = foundSchema.safeParse(said).data;
  if (!found || found.sentences.some(isEnglish)) return null;
  const sentences = found.sentences.map((sentence) => renewed(language, sentence));
  try {
    return sayFound(language, { ...found, sentences } as unknown as Found);
  } catch {
    return null;
  }
}

/** Some checks are made of several things, each with a title of its own. In English a result is what was stored, whatever is said today. */
export function resultIn(language: Language, { said, ...stored }: StoredResult): CheckResult {
  if (language === 'en') return { ...stored, lang: undefined };
  const { code, title } = stored;
  const byCode = title === ENGLISH.checks[code] ? sayIn(language, 'checks')(code) : title;
  const found = saidIn(language, said);
  if (!found) return { ...stored, title: byCode, lang: 'en' };
  return { ...stored, ...found, title: found.title ?? byCode, lang: undefined };
}
