'use client';

import { useOpenRun } from '#components/live/live-updates-store.ts';
import { useWords } from '#components/words/use-words.ts';
import styles from './progress.module.css';

/** How far a run is, in words and as a bar; before it knows its people only in words. With its id the bar moves by itself. */
export function RunProgress(props: { id?: string; status: string; done: number; due: number }) {
  const say = useWords('runs');
  const live = useOpenRun(props.id);
  const status = live?.status ?? props.status;
  const due = live?.peopleDue ?? props.due;
  const done = live?.peopleDone ?? props.done;
  if (status === 'queued') return <p>{say('aboutToStart')}</p>;
  return (
    <div className={styles.progress}>
      <p className="number">{due === 0 ? say('reading') : say('doneOf', { done, due })}</p>
      {due > 0 && <progress className={styles.bar} aria-label={say('peopleDone')} value={done} max={due} />}
    </div>
  );
}
