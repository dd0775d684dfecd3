'use client';

import { type SyntheticEvent, useId, useRef } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import styles from './guarded-button.module.css';

/** A button that stays visible for those who may not use it, and says who can: `whyNot` from the role table, null for those who may. */
export function GuardedButton({ whyNot, ...button }: ButtonProps & { whyNot: string | null }) {
  return whyNot === null ? <Button {...button} /> : <ExplainedButton {...button} whyNot={whyNot} />;
}

/** Space kept free at the edge of the window, in pixels. */
const EDGE = 8;

/** Does nothing, and says why on hover and focus; Escape hides the text. */
function ExplainedButton({ whyNot, ...button }: ButtonProps & { whyNot: string }) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const show = ({ currentTarget }: SyntheticEvent) => {
    const words = tip.current;
    const anchor = currentTarget.querySelector('button');
    if (!words || !anchor || words.matches(':popover-open')) return;
    words.showPopover();
    const { left, width, bottom } = anchor.getBoundingClientRect();
    const middle = left + width / 2 - words.offsetWidth / 2;
    const furthest = document.documentElement.clientWidth - words.offsetWidth - EDGE;
    words.style.left = `${Math.max(EDGE, Math.min(middle, furthest))}px`;
    words.style.top = `${bottom}px`;
  };
  const hide = () => tip.current?.hidePopover();
  return (
    // The text is inside, so that the pointer can move over to it.
    // biome-ignore lint/a11y/noStaticElementInteractions: the button itself takes the focus and the keys
    <span
      className={styles.guard}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={({ key }) => key === 'Escape' && hide()}
    >
      <Button {...button} type="button" onClick={undefined} disabledFocusable aria-describedby={id} />
      <span ref={tip} id={id} role="tooltip" popover="manual" className={styles.tip}>
        {whyNot}
      </span>
    </span>
  );
}
