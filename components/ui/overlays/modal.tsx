'use client';

import { type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { sessionEnd } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import styles from './modal.module.css';

/** To the sign-in in a tab of its own, so that what was typed here stays. */
function SignInAgain() {
  const say = useWords('requests');
  const isEnded = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.isEnded, () => false);
  return (
    isEnded && (
      <p>
        <a href="/sign-in" target="_blank" rel="noopener">
          {say('signInAgain')}
        </a>
      </p>
    )
  );
}

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
