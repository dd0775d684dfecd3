/** The result of one check, in English for programs and terminals, and as what it is made from for pages in other languages. */
import type { CheckCode, CheckResult, CheckStatus } from '#lib/domain/setup-checks.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import { type Message, sayFound } from '#lib/words/findings.ts';

interface More {
  /** What to do about it; left out: nothing. */
  fix?: Message | undefined;
  /** Where the check is made of several things, each with a title of its own. */
  title?: Message;
}

export function finding(
  code: CheckCode,
  status: CheckStatus,
  sentences: readonly Message[],
  { fix, title }: More = {},
): CheckResult {
  const said = { title: title ?? null, sentences, fix: fix ?? null };
  const english = sayFound('en', said);
  return {
    code,
    status,
    title: english.title ?? sayIn('en', 'checks')(code),
    message: english.message,
    fix: english.fix,
    said,
  };
}
