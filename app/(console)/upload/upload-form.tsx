'use client';

import { UploadIcon } from '@primer/octicons-react/UploadIcon';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Textarea } from '#components/controls/field.tsx';
import { useUploadDesk } from '#components/upload/upload-desk.tsx';
import { useWords } from '#components/words/use-words.ts';
import { pastedFiles, rowsFile } from './pasted-files.ts';
import styles from './upload-form.module.css';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;

/** Files and rows that are pasted anywhere on the page. */
function usePaste(name: string, take: (files: readonly File[]) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const pasted = { files: [...(event.clipboardData?.files ?? [])], text, isTyping: isTyping(event.target) };
      const files = pastedFiles(pasted, name);
      if (files.length === 0) return;
      take(files);
      event.preventDefault();
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [name, take]);
}

/** Uploads CSVs and workbooks by drop, by paste or by button, and opens the page where they are reviewed. */
export function UploadForm() {
  const say = useWords('upload');
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  // Handed in: its review may open.
  const [taken, setTaken] = useState('');
  const { take, isBusy } = useUploadDesk();
  const handIn = () => {
    setTaken(text);
    take([rowsFile(say('pastedRows'), text)]);
  };
  usePaste(say('pastedRows'), take);
  return (
    <div className={styles.zone}>
      <UploadIcon className={styles.icon} aria-hidden="true" />
      <p className={styles.lead}>{say('dropAnywhere')}</p>
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.xlsx,.txt,.tsv,text/csv,text/tab-separated-values"
        aria-label={say('files')}
        className="unseen"
        tabIndex={-1}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = '';
          if (files.length > 0) take(files);
        }}
      />
      <Button appearance="primary" disabledFocusable={isBusy} onClick={() => input.current?.click()}>
        {say('chooseFile')}
      </Button>
      <p className="muted">{say('needs')}</p>
      <details className={styles.rows}>
        <summary>{say('pasteRows')}</summary>
        <Field label={say('rowsWithHeader')}>
          <Textarea
            value={text}
            onChange={({ target: { value } }) => setText(value)}
            rows={6}
            data-unsaved={text.trim() !== '' && text !== taken}
          />
        </Field>
        <Button disabledFocusable={isBusy || text.trim() === ''} onClick={handIn}>
          {say('reviewRows')}
        </Button>
      </details>
    </div>
  );
}
