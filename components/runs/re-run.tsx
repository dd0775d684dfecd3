'use client';

import { useId, useState } from 'react';
import { Radio } from '#components/controls/choice.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { ReRunPreview } from '#lib/services/runs/re-run.ts';
import styles from './re-run.module.css';
import { useReRun } from './use-re-run.ts';

/** Runs people of a run or a file again. Every button says for how many; just these are run, whatever changes after the click. */
export function ReRun(props: {
  again: Pick<ReRunPreview, 'of' | 'failed' | 'all' | 'limit' | 'thenAt' | 'decidedOtherwise'>;
  whyNot: string | null;
  /** The people list of this run or file, where some can be chosen. */
  choose: string;
}) {
  const { failed, all, limit, of } = props.again;
  const [mapping, setMapping] = useState<'now' | 'then'>('now');
  const { isBusy, feedback, start } = useReRun(of);
  const button = (kind: 'failed' | 'all', n: number, label: string) =>
    n > 0 && (
      <GuardedButton
        whyNot={n > limit ? `At most ${countText(limit, 'person', 'people')} can be run again at once.` : props.whyNot}
        // Whoever only waits is checked by the schedule: there it is not the thing to do.
        appearance={kind === 'failed' ? 'primary' : 'secondary'}
        disabledFocusable={isBusy}
        onClick={() => start({ kind, expected: n, mapping })}
      >
        {label}
      </GuardedButton>
    );
  return (
    <Panel title="Run again">
      {all === 0 ? (
        <p>Nobody: everybody is done, or held until someone approves.</p>
      ) : (
        <div className={styles.again}>
          <div className={stack.row}>
            {button('failed', failed, `Run again: failed only (${numberText(failed)})`)}
            {button('all', all, `All ${numberText(all)} who are not done`)}
            <Link href={props.choose}>Choose people</Link>
          </div>
          <MappingChoice {...props.again} mapping={mapping} setMapping={setMapping} />
        </div>
      )}
      <p role="status">{feedback}</p>
    </Panel>
  );
}

function MappingChoice(props: {
  thenAt: number;
  decidedOtherwise: number;
  mapping: 'now' | 'then';
  setMapping: (mapping: 'now' | 'then') => void;
}) {
  const labelId = useId();
  return (
    <div>
      <p id={labelId} className="muted">
        Licences are decided by
      </p>
      <div role="radiogroup" aria-labelledby={labelId} className={styles.choices}>
        <Radio
          name={labelId}
          label="the current mapping"
          checked={props.mapping === 'now'}
          onChange={() => props.setMapping('now')}
        />
        <Radio
          name={labelId}
          checked={props.mapping === 'then'}
          onChange={() => props.setMapping('then')}
          label={
            <>
              the mapping of that time (<Time at={props.thenAt} />
              ):{' '}
              {props.decidedOtherwise === 0
                ? 'the same for everybody'
                : `another one for ${countText(props.decidedOtherwise, 'person', 'people')}`}
            </>
          }
        />
      </div>
    </div>
  );
}
