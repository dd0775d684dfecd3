'use client';

import { XIcon } from '@primer/octicons-react/XIcon';
import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './toasts.module.css';

interface Toast {
  id: number;
  content: ReactNode;
}

const ToastContext = createContext<(content: ReactNode) => void>(() => {});

/** Shows a message over the page until it is closed, also where what it is about has gone from the page. */
export function useToast(): (content: ReactNode) => void {
  return use(ToastContext);
}

/** Where messages stand: the newest last, read out as it comes, and there on the next page as well. */
export function Toaster({ children }: { children: ReactNode }) {
  const say = useWords('controls');
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const show = useCallback((content: ReactNode) => {
    count.current += 1;
    const id = count.current;
    setToasts((shown) => [...shown, { id, content }]);
  }, []);
  const close = (closed: number) => setToasts((shown) => shown.filter(({ id }) => id !== closed));
  return (
    <ToastContext value={show}>
      {children}
      <div role="status" aria-label={say('messages')} className={styles.toasts}>
        {toasts.map(({ id, content }) => (
          <div key={id} className={styles.toast}>
            <div className={styles.content}>{content}</div>
            <Button appearance="subtle" icon={<XIcon />} aria-label={say('closeMessage')} onClick={() => close(id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
