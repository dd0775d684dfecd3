'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './modal.module.css';
import { SignInAgain } from './sign-in-again.tsx';

/** A question over the page. The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Modal(props: { title: string; isOpen: boolean; close: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before it is opened for the first time the page does without it.
  const [isMounted, setMounted] = useState(props.isOpen);
  if (props.isOpen && !isMounted) setMounted(true);
  useEffect(() => {
    if (props.isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [props.isOpen]);
  if (!isMounted) return null;
  return (
    <dialog ref={dialog} className={styles.modal} aria-labelledby={titleId} onClose={props.close}>
      {props.isOpen && (
        <div className={styles.content}>
          <h2 id={titleId}>{props.title}</h2>
          {props.children}
          <SignInAgain />
        </div>
      )}
    </dialog>
  );
}
