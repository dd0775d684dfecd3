'use client';

import { SearchIcon } from '@primer/octicons-react/SearchIcon';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { mayLeave } from '#components/layout/unsaved-changes.tsx';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { useWords } from '#components/words/use-words.ts';
import { pageKeys } from './page-keys.ts';
import styles from './palette.module.css';
import { singleKeysAreOn } from './single-keys.ts';

/** Loaded when somebody asks for them: most pages are read without. */
const Finder = lazy(async () => ({ default: (await import('./finder.tsx')).Finder }));
const KeysDialog = lazy(async () => ({ default: (await import('./keyboard-shortcuts.tsx')).KeysDialog }));

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Opens the finder from anywhere, with its button, Ctrl+K, Cmd+K or /; and the list of keys with ?. */
export function Palette() {
  const say = useWords('find');
  const leave = useWords('navigation')('leave');
  const router = useRouter();
  const [open, setOpen] = useState<'find' | 'keys' | null>(null);
  const [typed, setTyped] = useState('');
  const [knowsKeys, setKnowsKeys] = useState(false);
  if (open === 'keys' && !knowsKeys) setKnowsKeys(true);
  const close = () => {
    setOpen(null);
    setTyped('');
  };
  useEffect(() => {
    const doOnPage = pageKeys((href) => mayLeave(leave) && router.push(href));
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      const isSingle =
        !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && singleKeysAreOn();
      if (isFind || (isSingle && event.key === '/')) {
        event.preventDefault();
        setOpen('find');
      } else if (isSingle && event.key === '?') setOpen('keys');
      else if (isSingle && !document.querySelector('dialog[open]') && doOnPage(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router, leave]);
  return (
    <>
      <Button icon={<SearchIcon />} onClick={() => setOpen('find')} className={styles.open}>
        {say('title')} <kbd className={styles.kbd}>{say('key')}</kbd>
      </Button>
      <Modal title={say('title')} isOpen={open === 'find'} close={close}>
        <Suspense fallback={<Waiting type={setTyped} />}>
          <Finder typed={typed} close={close} showKeys={() => setOpen('keys')} />
        </Suspense>
      </Modal>
      {knowsKeys && (
        <Suspense>
          <KeysDialog isOpen={open === 'keys'} close={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

/** Takes what is typed until the finder is there. */
function Waiting({ type }: { type: (text: string) => void }) {
  const say = useWords('find');
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <textarea
      ref={input}
      rows={1}
      className={styles.input}
      aria-label={say('what')}
      placeholder={say('hint')}
      onChange={({ target }) => type(target.value)}
    />
  );
}
