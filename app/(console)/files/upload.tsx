'use client';

import { Button } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { address } from '#components/address.ts';
import { countText } from '#components/count-text.ts';
import { postCsv } from '#components/post.ts';
import type { FileItem } from '#lib/services/files.ts';
import styles from './upload.module.css';

function resultText(file: FileItem): string {
  if (file.status === 'rejected') return `${file.name} was refused: ${file.problem?.message ?? 'it cannot be read.'}`;
  const { name, rows, accepted, duplicates, rejected } = file;
  return `${name} is taken in: ${countText(rows, 'row', 'rows')} = ${accepted} accepted + ${duplicates} duplicate + ${rejected} rejected.`;
}

/** Takes a CSV in as the drop folder would. */
export function Upload() {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const send = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setSaid(`Reading ${file.name}…`);
    const answer = await postCsv<FileItem>(address('/api/files', { name: file.name }), file);
    setSaid(answer.ok ? resultText(answer.data) : answer.message);
    setBusy(false);
    if (input.current) input.current.value = '';
    router.refresh();
  };
  return (
    <div className={styles.upload}>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label="CSV file"
        className={styles.input}
        tabIndex={-1}
        onChange={(event) => send(event.target.files?.[0])}
      />
      <Button appearance="primary" disabledFocusable={isBusy} onClick={() => input.current?.click()}>
        Upload a CSV
      </Button>
      <p role="status">{said}</p>
    </div>
  );
}
