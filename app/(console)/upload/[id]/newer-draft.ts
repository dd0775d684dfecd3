/** Lays what has changed over what the page has. Pure. */
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';

/** The upload as it is now: `answer` whole, or its changed rows in place of those in `held`. */
export function newerDraft(held: DraftDetail | null, answer: DraftDetail): DraftDetail {
  if (answer.isWhole || held === null) return answer;
  const changed = new Map(answer.rows.map((row) => [row.line, row]));
  const kept = held.rows.map((row) => {
    const newer = changed.get(row.line);
    changed.delete(row.line);
    return newer ?? row;
  });
  const rows = changed.size === 0 ? kept : [...kept, ...changed.values()].sort((a, b) => a.line - b.line);
  return { ...answer, isWhole: true, rows };
}
