'use client';

import { useId, useState } from 'react';
import { Radio } from '#components/controls/choice.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { ReRunPreview } from '#lib/services/runs/re-run.ts';
import styles from './re-run.module.css';
import { useReRun } from './use-re-run.ts';

/** Runs people of a run or a file again. Every button says for how many; just these are run, whatever changes after the click. */
export function ReRun(props: {
  again: Pick<ReRunPreview, 'of' | 'failed' | 'all' | 'limit' | 'thenAt' | 'decidedOtherwise'>;
  whyNot: string | null;
  /** The people list of this run or file, where some can be chosen. */
  choose: string;
  /** Left out: it is the one thing to do on this page, where somebody failed. */
  isLead?: boolean;
}) {
  const say = useWords('runs');
  const { failed, all, limit, of } = props.again;
  const isLead = props.isLead ?? true;
  const [mapping, setMapping] = useState<'now' | 'then'>('now');
  const { isBusy, feedback, start } = useReRun(of);
  const button = (kind: 'failed' | 'all', n: number, label: string) =>
    n > 0 && (
      <GuardedButton
        whyNot={n > limit ? say('tooMany', { n: limit }) : props.whyNot}
        // Whoever only waits is checked by the schedule: there it is not the thing to do.
        appearance={kind === 'failed' && isLead ? 'primary' : 'secondary'}
        disabledFocusable={isBusy}
        onClick={() => start({ kind, expected: n, mapping })}
      >
        {label}
      </GuardedButton>
    );
  return (
    <Panel title={say('again')}>
      {all === 0 ? (
        <p>{say('nobodyAgain')}</p>
      ) : (
        <div className={styles.again}>
          <div className={stack.row}>
            {button('failed', failed, say('failedAgain', { n: failed }))}
            {button('all', all, say('allAgain', { n: all }))}
            <Link href={props.choose}>{say('choosePeople')}</Link>
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
  const say = useWords('runs');
  const labelId = useId();
  const when = () => <Time at={props.thenAt} />;
  return (
    <div>
      <p id={labelId} className="muted">
        {say('decidedBy')}
      </p>
      <div role="radiogroup" aria-labelledby={labelId} className={styles.choices}>
        <Radio
          name={labelId}
          label={say('currentMapping')}
          checked={props.mapping === 'now'}
          onChange={() => props.setMapping('now')}
        />
        <Radio
          name={labelId}
          checked={props.mapping === 'then'}
          onChange={() => props.setMapping('then')}
          label={
            props.decidedOtherwise === 0
              ? say.parts('sameMapping', { when })
              : say.parts('otherMapping', { when, n: props.decidedOtherwise })
          }
        />
      </div>
    </div>
  );
}
