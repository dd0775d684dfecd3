/** Answers of our route handlers: refusals are said in the reader’s language. */
import { requestLanguage } from '#components/words/words.ts';
import { refusedText } from '#lib/services/http/errors.ts';
import { respond as answer } from '#lib/services/http/http.ts';
import type { MoveResult } from '#lib/services/people/actions/seen-people.ts';

export function respond(work: () => unknown): Promise<Response> {
  return answer(work, requestLanguage);
}

/** Why somebody was left alone, said to the reader. */
export async function saidOf(result: MoveResult): Promise<MoveResult> {
  const language = await requestLanguage();
  return { ...result, refused: result.refused.map((left) => ({ ...left, why: refusedText(left.told, language) })) };
}
