'use client';

import { UploadIcon } from '@primer/octicons-react/UploadIcon';
import { XIcon } from '@primer/octicons-react/XIcon';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { isSafeToLeave, useRefresh } from '#components/live/use-refresh.ts';
import { MeasuredProgress } from '#components/runs/measured-progress.tsx';
import { strong } from '#components/text/strong.tsx';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { type Sending, type Sent, sendFiles } from './send-files.ts';
import styles from './upload-desk.module.css';

interface Desk {
  /** Sends files for review; those that come while others are sent are sent after them. */
  take: (files: readonly File[]) => void;
  isBusy: boolean;
}

const DeskContext = createContext<Desk>({ take: () => {}, isBusy: false });

/** The desk of the page around. */
export function useUploadDesk(): Desk {
  return use(DeskContext);
}

function sendingText(say: Say<Words['uploadDesk']>, { name, file, files, sentBytes, bytes }: Sending): string {
  const far = { name, sent: sentBytes / 1_000_000, all: bytes / 1_000_000 };
  return files > 1 ? say('sendingFile', { ...far, file, files }) : say('sending', far);
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

/** Files that are dropped anywhere in the window; true while some are dragged over it. Who may not upload is only told so. */
function useWindowDrop(mayDrop: boolean, take: Desk['take']): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Without this the browser leaves the page for the file.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = mayDrop ? 'copy' : 'none';
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      setOver(false);
      if (files.length === 0) return;
      event.preventDefault();
      if (mayDrop) take(files);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [mayDrop, take]);
  return isOver;
}

function Target({ whyNot }: { whyNot: string | null }) {
  const say = useWords('uploadDesk');
  return (
    <div className={styles.target}>
      <UploadIcon size={48} />
      <p className={styles.lead}>{say(whyNot === null ? 'dropNow' : 'cannotUpload')}</p>
      <p>{whyNot ?? say('several')}</p>
    </div>
  );
}

function Outcome({ sent: { opened, refused }, close }: { sent: Sent; close: () => void }) {
  const say = useWords('uploadDesk');
  return (
    <>
      {opened.length > 0 && (
        <div>
          <strong>{say('uploaded')}</strong>
          <ul>
            {opened.map(({ id, name }) => (
              <li key={id}>
                <Link href={`/upload/${id}`}>{name}</Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      {refused.map(({ name, why }) => (
        <p key={name} role="alert">
          {say.parts('notUploaded', { name, why, strong })}
        </p>
      ))}
      <div>
        <Button appearance="subtle" icon={<XIcon />} onClick={close}>
          {say('close')}
        </Button>
      </div>
    </>
  );
}

/** Takes files on every page of the console. One file opens its review by itself; several are listed. `whyNot`: who may, for whoever may not. */
export function UploadDesk({ whyNot, children }: { whyNot: string | null; children: ReactNode }) {
  const say = useWords('uploadDesk');
  const router = useRouter();
  const refresh = useRefresh();
  const [sending, setSending] = useState<Sending | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const last = useRef<Promise<void>>(Promise.resolve());
  const take = useCallback(
    (files: readonly File[]) => {
      last.current = last.current.then(async () => {
        setSent(null);
        const done = await sendFiles(files, setSending);
        setSending(null);
        const [only, ...others] = done.opened;
        const isOne = only !== undefined && others.length === 0 && done.refused.length === 0;
        if (isOne && isSafeToLeave()) router.push(`/upload/${only.id}`);
        else {
          setSent(done);
          refresh();
        }
      });
    },
    [router, refresh],
  );
  const isOver = useWindowDrop(whyNot === null, take);
  const isBusy = sending !== null;
  const desk = useMemo(() => ({ take, isBusy }), [take, isBusy]);
  return (
    <DeskContext value={desk}>
      {children}
      {isOver && <Target whyNot={whyNot} />}
      {(sending ?? sent) && (
        <section className={styles.status} aria-label={say('uploads')}>
          {sending && (
            <MeasuredProgress
              label={say('sent')}
              text={sendingText(say, sending)}
              done={sending.sentBytes}
              of={sending.bytes}
            />
          )}
          {!sending && sent && <Outcome sent={sent} close={() => setSent(null)} />}
        </section>
      )}
    </DeskContext>
  );
}
