'use client';

import { XIcon } from '@primer/octicons-react/XIcon';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { SignInAgain } from '#components/ui/overlays/sign-in-again.tsx';
import { useWords } from '#components/words/use-words.ts';
import { ActionResult, type Message } from './action-result.tsx';
import styles from './toasts.module.css';

interface Toast extends Message {
  id: string;
}

const ToastContext = createContext<(message: Message) => void>(() => {});

/** Shows a message over the page until it is closed, also where what it is about has gone from the page. */
export function useToast(): (message: Message) => void {
  return use(ToastContext);
}

/** Where messages stand: the newest last, read out as it comes, and there on the next page as well. Not after a reload: they tell of people, and the browser is to keep nothing. */
export function Toaster({ children }: { children: ReactNode }) {
  const say = useWords('controls');
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = useCallback(
    (message: Message) => setToasts((shown) => [...shown, { ...message, id: crypto.randomUUID() }]),
    [],
  );
  const close = (closed: string) => setToasts((shown) => shown.filter(({ id }) => id !== closed));
  const replace = (old: string, text: string) =>
    setToasts((shown) => shown.map((toast) => (toast.id === old ? { id: old, text } : toast)));
  return (
    <ToastContext value={show}>
      {children}
      <div role="status" aria-label={say('messages')} className={styles.toasts}>
        {toasts.map(({ id, ...message }) => (
          <div key={id} className={styles.toast}>
            <div className={styles.content}>
              <ActionResult message={message} onUndone={(text) => replace(id, text)} />
            </div>
            <Button appearance="subtle" icon={<XIcon />} aria-label={say('closeMessage')} onClick={() => close(id)} />
          </div>
        ))}
        <SignInAgain />
      </div>
    </ToastContext>
  );
}
