/** What came of an action with people, the way to each of them, and back. */
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import { UndoDismissal } from './undo.tsx';

export interface Done {
  /** In words; empty: nothing was done yet. */
  feedback: string;
  /** The event of the history that shows what was done to all of them; null: to one, or to nobody. */
  deed: number | null;
  /** Who was dismissed and can be brought back. */
  dismissed: number[];
}

export const NOTHING_DONE: Done = { feedback: '', deed: null, dismissed: [] };

export function ActionResult({ done, change }: { done: Done; change: (done: Done) => void }) {
  const say = useWords('actions');
  const { feedback, deed, dismissed } = done;
  return (
    <>
      <p role="status">
        {feedback}
        {deed !== null && (
          <>
            {' '}
            <Link href={`/history/${deed}`}>{say('seeEach')}</Link>
          </>
        )}
      </p>
      {dismissed.length > 0 && (
        <UndoDismissal
          key={deed ?? dismissed[0]}
          ids={dismissed}
          onUndone={(words) => change({ ...NOTHING_DONE, feedback: words })}
        />
      )}
    </>
  );
}
