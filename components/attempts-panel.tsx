import type { Attempts as AttemptsData } from '#lib/services/again.ts';
import { Attempts } from './attempts.tsx';
import { countText } from './count-text.ts';
import { Pager } from './pager.tsx';
import stack from './stack.module.css';

/** Attempts side by side, where there was more than one. */
export function AttemptsPanel(props: { attempts: AttemptsData; runId?: string; hrefOf: (page: number) => string }) {
  const { runs, total, people } = props.attempts;
  if (runs.length === 0) return null;
  return (
    <section className={stack.stack} aria-label="Attempts side by side">
      <h2>Attempts side by side</h2>
      {total > runs.length && (
        <p className="muted">
          The first and the last {runs.length - 1} of {countText(total, 'attempt', 'attempts')}.
        </p>
      )}
      <Attempts attempts={props.attempts} runId={props.runId} />
      <Pager
        {...people}
        label="Pages of attempts"
        one="person run again"
        many="people run again"
        hrefOf={props.hrefOf}
      />
    </section>
  );
}
