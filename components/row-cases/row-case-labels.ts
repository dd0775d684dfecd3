/** What the states of rows that stayed out are called. */
import type { Tone } from '#components/people/state-labels.ts';
import type { RowCaseItem } from '#lib/services/row-cases/row-cases.ts';

export const ROW_CASE_LABELS: Record<RowCaseItem['status'], { label: string; tone: Tone }> = {
  open: { label: 'Stayed out', tone: 'bad' },
  corrected: { label: 'Corrected', tone: 'good' },
  closed: { label: 'Closed', tone: 'quiet' },
};

/** Where it stands: the file and the line. */
export function placeText({ fileName, line }: Pick<RowCaseItem, 'fileName' | 'line'>): string {
  return line === null ? fileName : `${fileName}, line ${line}`;
}
