/** How rows that stayed out look and where they stand; what their states are called is in the area `states`. */
import type { Tone } from '#components/people/state-labels.ts';
import type { RowCaseItem } from '#lib/services/row-cases/row-cases.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

export const ROW_CASE_TONES: Record<RowCaseItem['status'], Tone> = { open: 'bad', corrected: 'good', closed: 'quiet' };

/** Where it stands: the file and the line. */
export function placeText(say: Say<Words['find']>, { fileName, line }: Pick<RowCaseItem, 'fileName' | 'line'>): string {
  return line === null ? fileName : say('place', { file: fileName, line });
}
