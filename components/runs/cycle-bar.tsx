'use client';

import { type KeyboardEvent, type SyntheticEvent, useRef, useState } from 'react';
import { Link } from '#components/ui/link.tsx';
import { Time, useTimeText } from '#components/ui/time.tsx';
import styles from './cycle-bar.module.css';

export interface Cycle {
  id: string;
  /** `Run 214`. */
  title: string;
  at: number;
  /** How it ended, whom it checked, and who needed somebody. */
  said: string;
  tone: 'good' | 'warn' | 'bad';
  /** 0 to 1. */
  height: number;
}

/** Of the bar of a cycle that checked nobody; the page refuses style attributes, so it is drawn. */
const LEAST = 12;

function Bar({ cycle: { id, title, at, said, tone, height }, isStop }: { cycle: Cycle; isStop: boolean }) {
  const { text } = useTimeText(at);
  const percent = LEAST + (100 - LEAST) * height;
  return (
    <Link href={`/runs/${id}`} className={styles.cycle} tabIndex={isStop ? 0 : -1}>
      <svg aria-hidden="true">
        <rect y={`${100 - percent}%`} width="100%" height={`${percent}%`} className={styles[tone]} />
      </svg>
      <span className="unseen">{`${title}, ${text}: ${said}`}</span>
    </Link>
  );
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** The last cycles as one stop of the Tab key, through which the arrow keys lead; below it what the one in focus, or under the pointer, came to. */
export function CycleBar({ label, cycles }: { label: string; cycles: readonly Cycle[] }) {
  const list = useRef<HTMLOListElement>(null);
  const [chosen, setChosen] = useState(cycles.length - 1);
  const at = Math.min(chosen, cycles.length - 1);
  const shown = cycles[at];
  const show = ({ target }: SyntheticEvent) => {
    const items = [...(list.current?.children ?? [])];
    const index = items.findIndex((item) => target instanceof Node && item.contains(target));
    if (index >= 0) setChosen(index);
  };
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    list.current?.children[step(at, cycles.length - 1)]?.querySelector('a')?.focus();
  };
  return (
    <div className={styles.cycles}>
      <ol ref={list} aria-label={label} onKeyDown={walk} onFocus={show} onPointerOver={show}>
        {cycles.map((cycle, index) => (
          <li key={cycle.id}>
            <Bar cycle={cycle} isStop={index === at} />
          </li>
        ))}
      </ol>
      {shown && (
        <p className={styles.shown} aria-hidden="true">
          {shown.title}, <Time at={shown.at} />: {shown.said}
        </p>
      )}
    </div>
  );
}
