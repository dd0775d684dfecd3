'use client';

import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import button from '#components/controls/button.module.css';
import styles from './more.module.css';

/** A question over the page belongs to the menu that asked it. */
const isInDialog = (target: EventTarget | null) => target instanceof Element && target.closest('dialog') !== null;

const MenuContext = createContext<() => void>(() => {});

/** Closes the menu that this stands in, if it stands in one: what it was opened for is done. */
export function useCloseMenu(): () => void {
  return use(MenuContext);
}

/** What else can be done: a menu over the page. It stays open until something is done with it, or somebody goes elsewhere. */
export function More({ label, children }: { label: string; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isAtEnd, setAtEnd] = useState(false);
  const isDone = useRef(false);
  const close = useCallback(() => {
    isDone.current = true;
    setOpen(false);
  }, []);
  // After the question over the page has given the focus back to a button that is gone now.
  useEffect(() => {
    if (isOpen || !isDone.current) return;
    isDone.current = false;
    const { activeElement, body } = document;
    if (activeElement === body || menu.current?.contains(activeElement))
      menu.current?.querySelector('summary')?.focus();
  }, [isOpen]);
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
      <div className={`${styles.menu} ${isAtEnd ? styles.atEnd : ''}`}>
        <MenuContext value={close}>{children}</MenuContext>
      </div>
    </details>
  );
}
