'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { address } from '#components/text/address.ts';
import { getJson, postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import type { DraftPreview } from '#lib/services/drafts/draft-preview.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import { newerDraft } from './newer-draft.ts';
import { Turns } from './turns.ts';

const POLL_MS = 600;

export interface DraftState {
  draft: DraftDetail | null;
  /** While a long file is read: how many of its rows are. */
  rowsRead: number | null;
  preview: DraftPreview | null;
  /** Changes are sent one after the other: some are not answered yet. */
  isBusy: boolean;
  /** Why the last change was not made, or why nothing can be shown. */
  failure: string;
  /** Corrects one cell or row; null puts the original back. */
  correct(line: number, at: number | null, to: string | null): Promise<boolean>;
  correctAlike(at: number | null, pattern: string): Promise<boolean>;
  /** Writes `to` into every row whose cell says `from`. */
  correctSame(at: number, from: string, to: string): Promise<boolean>;
  matchColumns(columns: Record<string, number | null>): Promise<boolean>;
  /** Has it read again: what it is checked against has changed. */
  reload(): Promise<void>;
  check(): Promise<void>;
  /** The imported file; null where the server refused. */
  importDraft(): Promise<{ fileId: string } | null>;
  discard(): Promise<boolean>;
}

const isOpen = (preview: DraftPreview | null) => preview?.status === 'queued' || preview?.status === 'running';

/** The upload with its rows and its dry run, kept in step with the server. `newest` is what the page was rendered with. */
export function useDraft(id: string, newest: { revision: number; previewRunId: string | null }): DraftState {
  const notSaved = useWords('upload')('notSaved');
  const url = `/api/drafts/${encodeURIComponent(id)}`;
  const [draft, setDraft] = useState<DraftDetail | null>(null);
  const [rowsRead, setRowsRead] = useState<number | null>(null);
  const [preview, setPreview] = useState<DraftPreview | null>(null);
  const [waiting, setWaiting] = useState(0);
  const [failure, setFailure] = useState('');
  /** What the page has, known at once to the change whose turn is next. */
  const held = useRef<DraftDetail | null>(null);
  const [turns] = useState(() => new Turns());
  const keep = useCallback((answer: DraftDetail) => {
    held.current = newerDraft(held.current, answer);
    setDraft(held.current);
    setPreview((last) => last && { ...last, isCurrent: answer.isPreviewCurrent });
  }, []);
  const load = useCallback(async () => {
    const timer = setInterval(async () => {
      const answer = await getJson<{ rows: number | null }>(`${url}/progress`);
      if (answer.ok) setRowsRead(answer.data.rows);
    }, POLL_MS);
    const answer = await getJson<DraftDetail>(address(url, { seen: held.current?.reviewId ?? null }));
    clearInterval(timer);
    setRowsRead(null);
    if (answer.ok) keep(answer.data);
    else setFailure(answer.message);
    return answer.ok;
  }, [url, keep]);
  const loadPreview = useCallback(async () => {
    const answer = await getJson<{ preview: DraftPreview | null }>(`${url}/preview`);
    if (answer.ok) setPreview(answer.data.preview);
  }, [url]);

  // A colleague may ask for a dry run too.
  const { revision: newestRevision, previewRunId } = newest;
  const shownRun = useRef<string | null>(null);
  shownRun.current = preview?.runId ?? null;
  useEffect(() => {
    if (previewRunId !== null && previewRunId !== shownRun.current) void loadPreview();
  }, [previewRunId, loadPreview]);

  // At first, and where a colleague changed it: the page was rendered anew with a revision that is not here once our own changes are.
  useEffect(() => {
    void turns.take(async () => {
      if (newestRevision > (held.current?.revision ?? -1)) await load();
      return true;
    });
  }, [newestRevision, load, turns]);

  const isUnderWay = isOpen(preview);
  useEffect(() => {
    if (!isUnderWay) return;
    let isAsked = false;
    const timer = setInterval(async () => {
      if (isAsked) return;
      isAsked = true;
      await loadPreview();
      isAsked = false;
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, loadPreview]);

  /** Sends one change when its turn has come, over what those before it left. Null where it was refused or not sent. */
  const post = async <T>(
    action: string,
    body: Record<string, unknown> = {},
    onDone: (answer: T) => void = () => {},
  ): Promise<T | null> => {
    let done: T | null = null;
    setWaiting((n) => n + 1);
    const isDone = await turns.take(async () => {
      if (!held.current) return false;
      setFailure('');
      const { revision, reviewId: seen } = held.current;
      const answer = await postJson<T>(`${url}/${action}`, { revision, seen, ...body });
      if (answer.ok) {
        done = answer.data;
        onDone(done);
      } else {
        setFailure(answer.message);
        await load();
      }
      return answer.ok;
    });
    setWaiting((n) => n - 1);
    if (isDone === null) setFailure((why) => (why.endsWith(notSaved) ? why : `${why} ${notSaved}`));
    return done;
  };
  const change = async (action: string, body: Record<string, unknown>): Promise<boolean> =>
    (await post<DraftDetail>(action, body, keep)) !== null;
  return {
    draft,
    rowsRead,
    preview,
    isBusy: waiting > 0,
    failure,
    correct: (line, at, to) => change('correct', { line, at, to }),
    correctAlike: (at, pattern) => change('correct-alike', { at, pattern }),
    correctSame: (at, from, to) => change('correct-same', { at, from, to }),
    matchColumns: (columns) => change('columns', { columns }),
    reload: async () => void (await turns.take(load)),
    check: async () => {
      if (await post('check')) await loadPreview();
    },
    importDraft: () => post('take-in'),
    discard: async () => (await post('discard')) !== null,
  };
}
