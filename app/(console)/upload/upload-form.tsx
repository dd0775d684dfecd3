'use client';

import { UploadIcon } from '@primer/octicons-react/UploadIcon';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Textarea } from '#components/controls/field.tsx';
import { useUploadDesk } from '#components/upload/upload-desk.tsx';
import styles from './upload-form.module.css';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;

/** Files and rows that are pasted anywhere on the page. */
function usePaste(take: (files: readonly File[]) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) take(files);
      else if (!isTyping(event.target) && text.includes('\n')) take([pasted(text)]);
      else return;
      event.preventDefault();
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [take]);
}

function pasted(text: string): File {
  return new File([text], 'pasted rows.csv', { type: 'text/csv' });
}

/** Uploads CSVs and workbooks by drop, by paste or by button, and opens the page where they are reviewed. */
export function UploadForm() {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const { take, isBusy } = useUploadDesk();
  usePaste(take);
  return (
    <div className={styles.zone}>
      <UploadIcon className={styles.icon} aria-hidden="true" />
      <p className={styles.lead}>
        Drop a CSV or an Excel workbook anywhere on this page, or paste rows from a spreadsheet.
      </p>
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.xlsx,.txt,.tsv,text/csv,text/tab-separated-values"
        aria-label="CSV files or Excel workbooks"
        className="unseen"
        tabIndex={-1}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = '';
          if (files.length > 0) take(files);
        }}
      />
      <Button appearance="primary" disabledFocusable={isBusy} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <p className="muted">
        It needs the columns CN, UserPrincipalName and EmployeeType, by these or similar names, and may have up to 250
        MB. Nothing is imported until you confirm.
      </p>
      <details className={styles.rows}>
        <summary>Paste or type rows here instead</summary>
        <Field label="Rows, with their header">
          <Textarea value={text} onChange={({ target: { value } }) => setText(value)} rows={6} />
        </Field>
        <Button disabledFocusable={isBusy || text.trim() === ''} onClick={() => take([pasted(text)])}>
          Review these rows
        </Button>
      </details>
    </div>
  );
}
