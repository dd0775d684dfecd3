'use client';

import { UploadIcon } from '@primer/octicons-react/UploadIcon';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Textarea } from '#components/controls/field.tsx';
import { MeasuredProgress } from '#components/runs/measured-progress.tsx';
import { address } from '#components/text/address.ts';
import { postFile } from '#components/ui/post.ts';
import styles from './upload-form.module.css';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;

/** Files and text that are dropped or pasted anywhere on the page. Returns whether a file is dragged over it. */
function useWholePage(take: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      setOver(false);
      take(file);
    };
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (file) take(file);
      else if (!isTyping(event.target) && text.includes('\n')) take(pasted(text));
      else return;
      event.preventDefault();
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [take]);
  return isOver;
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

function pasted(text: string): File {
  return new File([text], 'pasted rows.csv', { type: 'text/csv' });
}

/** Uploads a CSV or a workbook by drop, by paste or by button, and opens the page where it is reviewed. */
export function UploadForm() {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const [sent, setSent] = useState<{ name: string; bytes: number; of: number } | null>(null);
  const take = useCallback(
    async (file: File) => {
      setBusy(true);
      setFeedback('');
      const tell = (bytes: number) => setSent({ name: file.name, bytes: Math.min(bytes, file.size), of: file.size });
      tell(0);
      const answer = await postFile<{ id: string }>(address('/api/drafts', { name: file.name }), file, tell);
      if (answer.ok) router.push(`/upload/${answer.data.id}`);
      else {
        setFeedback(`${file.name} was not uploaded: ${answer.message}`);
        setSent(null);
        setBusy(false);
      }
    },
    [router],
  );
  const isOver = useWholePage(take);
  return (
    <div className={`${styles.zone} ${isOver ? styles.over : ''}`}>
      <UploadIcon className={styles.icon} aria-hidden="true" />
      <p className={styles.lead}>
        Drop a CSV or an Excel workbook anywhere on this page, or paste rows from a spreadsheet.
      </p>
      <input
        ref={input}
        type="file"
        accept=".csv,.xlsx,.txt,.tsv,text/csv,text/tab-separated-values"
        aria-label="CSV file or Excel workbook"
        className="unseen"
        tabIndex={-1}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file);
          target.value = '';
        }}
      />
      <Button appearance="primary" size="large" disabledFocusable={isBusy} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <p className="muted">
        It needs the columns CN, UserPrincipalName and EmployeeType, by these or similar names, and may have up to 250
        MB. Nothing is imported until you confirm.
      </p>
      <p role="status">{feedback}</p>
      {sent && (
        <MeasuredProgress
          label="Sent"
          text={`Sending ${sent.name}: ${megabytes(sent.bytes)} of ${megabytes(sent.of)} MB`}
          done={sent.bytes}
          of={sent.of}
        />
      )}
      <details className={styles.rows}>
        <summary>Paste or type rows here instead</summary>
        <Field label="Rows, with their header">
          <Textarea value={text} onChange={({ target: { value } }) => setText(value)} rows={6} />
        </Field>
        <Button disabledFocusable={isBusy || text.trim() === ''} onClick={() => take(pasted(text))}>
          Review these rows
        </Button>
      </details>
    </div>
  );
}
