'use client';

import { useOpenRun } from '#components/live/live-updates-store.ts';
import { numberText } from '#components/text/count-text.ts';
import styles from './progress.module.css';

/** How far a run is, in words and as a bar; before it knows its people only in words. With its id the bar moves by itself. */
export function RunProgress(props: { id?: string; status: string; done: number; due: number }) {
  const live = useOpenRun(props.id);
  const status = live?.status ?? props.status;
  const due = live?.peopleDue ?? props.due;
  const done = live?.peopleDone ?? props.done;
  if (status === 'queued') return <p>A run is about to start.</p>;
  return (
    <div className={styles.progress}>
      <p className="number">
        {due === 0
          ? 'A run is in progress: it reads files and looks people up.'
          : `${numberText(done)} of ${numberText(due)} people done.`}
      </p>
      {due > 0 && <progress className={styles.bar} aria-label="People done" value={done} max={due} />}
    </div>
  );
}
