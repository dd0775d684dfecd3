'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import button from '#components/controls/button.module.css';
import styles from './more.module.css';

/** A question over the page belongs to the menu that asked it. */
const isInDialog = (target: EventTarget | null) => target instanceof Element && target.closest('dialog') !== null;

/** What else can be done: a menu over the page. It stays open until somebody goes elsewhere, so that what comes of it is read in it. */
export function More({ label, children }: { label: string; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isAtEnd, setAtEnd] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !menu.current?.contains(target) && !isInDialog(target)) setOpen(false);
    };
    const events = ['pointerdown', 'focusin'] as const;
    for (const event of events) document.addEventListener(event, leave);
    return () => {
      for (const event of events) document.removeEventListener(event, leave);
    };
  }, [isOpen]);
  const toggled = ({ currentTarget }: { currentTarget: HTMLDetailsElement }) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAtEnd(left + width / 2 > document.documentElement.clientWidth / 2);
    setOpen(currentTarget.open);
  };
  const leaveByKey = ({ key, target, currentTarget }: KeyboardEvent) => {
    if (key !== 'Escape' || isInDialog(target)) return;
    setOpen(false);
    currentTarget.querySelector('summary')?.focus();
  };
  return (
    <details ref={menu} className={styles.more} open={isOpen} onToggle={toggled} onKeyDown={leaveByKey}>
      <summary className={`${button.button} ${button.secondary}`}>{label}</summary>
      <div className={`${styles.menu} ${isAtEnd ? styles.atEnd : ''}`}>{children}</div>
    </details>
  );
}
