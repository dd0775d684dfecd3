import { Pager } from '#components/table/pager.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { Attempts as AttemptsData } from '#lib/services/runs/re-run.ts';
import { Attempts } from './attempts.tsx';

/** Attempts side by side, where there was more than one. */
export function AttemptsPanel(props: { attempts: AttemptsData; runId?: string; hrefOf: (page: number) => string }) {
  const { runs, total, people, changed } = props.attempts;
  const say = useWords('run');
  if (runs.length === 0) return null;
  const share = { n: changed, total: people.total };
  return (
    <section className={stack.stack} aria-label={say('attempts')}>
      <h2>{say('attempts')}</h2>
      {total > runs.length && <p className="muted">{say('someAttempts', { shown: runs.length - 1, total })}</p>}
      {people.total > 1 && (
        <p>{changed === 0 ? say('nobodyChanged') : say(changed < people.total ? 'changedFirst' : 'changed', share)}</p>
      )}
      <Attempts attempts={props.attempts} runId={props.runId} />
      <Pager {...people} named="attempts" of="peopleAgain" hrefOf={props.hrefOf} />
    </section>
  );
}
