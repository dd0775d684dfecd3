import { Pager } from '#components/table/pager.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { Attempts as AttemptsData } from '#lib/services/runs/attempts.ts';
import { Attempts } from './attempts.tsx';

interface Props {
  attempts: AttemptsData;
  runId?: string;
  of?: 'people' | 'peopleAgain';
  hrefOf: (page: number) => string;
  /** Where every attempt is shown. */
  everyAttempt: string;
}

/** Attempts side by side: who changed stands first. */
export function AttemptsPanel({ attempts, runId, of = 'peopleAgain', hrefOf, everyAttempt }: Props) {
  const { runs, total, people, changed } = attempts;
  const say = useWords('run');
  if (runs.length === 0) return null;
  // While one of them works, whoever has not changed may still.
  const isOver = runs.every(({ finishedAt }) => finishedAt !== null);
  return (
    <section className={stack.stack} aria-label={say('attempts')}>
      <h2>{say('attempts')}</h2>
      {total > runs.length && (
        <p className="muted">
          {say('someAttempts', { shown: runs.length - 1, total })}{' '}
          <Link href={everyAttempt}>{say('everyAttempt', { total })}</Link>
        </p>
      )}
      {people.total > 1 && changed !== null && (changed > 0 || isOver) && (
        <p>
          {changed === 0
            ? say('nobodyChanged')
            : say(changed < people.total ? 'changedFirst' : 'changed', { n: changed, total: people.total })}
        </p>
      )}
      <Attempts attempts={attempts} runId={runId} />
      <Pager {...people} named="attempts" of={of} hrefOf={hrefOf} />
    </section>
  );
}
