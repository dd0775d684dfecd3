'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { getJson, postJson } from '#components/ui/post.ts';
import type { DraftPreview } from '#lib/services/drafts/draft-preview.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';

const POLL_MS = 600;

export interface DraftState {
  draft: DraftDetail | null;
  /** While a long file is read: how many of its rows are. */
  rowsRead: number | null;
  preview: DraftPreview | null;
  isBusy: boolean;
  /** Why the last change was not made, or why nothing can be shown. */
  failure: string;
  /** Corrects one cell or row; null puts the original back. */
  correct(line: number, at: number | null, to: string | null): Promise<boolean>;
  correctAlike(at: number | null, pattern: string): Promise<boolean>;
  matchColumns(columns: Record<string, number | null>): Promise<boolean>;
  check(): Promise<void>;
  /** The imported file; null where the server refused. */
  importDraft(): Promise<{ fileId: string } | null>;
  discard(): Promise<boolean>;
}

const isOpen = (preview: DraftPreview | null) => preview?.status === 'queued' || preview?.status === 'running';

/** The upload with its rows and its dry run, kept in step with the server. `newest` is what the page was rendered with. */
export function useDraft(id: string, newest: { revision: number; previewRunId: string | null }): DraftState {
  const url = `/api/drafts/${encodeURIComponent(id)}`;
  const [draft, setDraft] = useState<DraftDetail | null>(null);
  const [rowsRead, setRowsRead] = useState<number | null>(null);
  const [preview, setPreview] = useState<DraftPreview | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const load = useCallback(async () => {
    const timer = setInterval(async () => {
      const answer = await getJson<{ rows: number | null }>(`${url}/progress`);
      if (answer.ok) setRowsRead(answer.data.rows);
    }, POLL_MS);
    const answer = await getJson<DraftDetail>(url);
    clearInterval(timer);
    setRowsRead(null);
    if (answer.ok) setDraft(answer.data);
    else setFailure(answer.message);
  }, [url]);
  const loadPreview = useCallback(async () => {
    const answer = await getJson<{ preview: DraftPreview | null }>(`${url}/preview`);
    if (answer.ok) setPreview(answer.data.preview);
  }, [url]);

  useEffect(() => {
    void load();
  }, [load]);
  // A colleague may ask for a dry run too.
  const { revision: newestRevision, previewRunId } = newest;
  const shownRun = useRef<string | null>(null);
  shownRun.current = preview?.runId ?? null;
  useEffect(() => {
    if (previewRunId !== null && previewRunId !== shownRun.current) void loadPreview();
  }, [previewRunId, loadPreview]);

  // A colleague changed it: the page was rendered anew with a revision we have not seen.
  const shown = useRef(0);
  shown.current = draft?.revision ?? newestRevision;
  useEffect(() => {
    if (newestRevision > shown.current) void load();
  }, [newestRevision, load]);

  const isUnderWay = isOpen(preview);
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(loadPreview, POLL_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, loadPreview]);

  const post = async <T>(action: string, body: Record<string, unknown> = {}): Promise<T | null> => {
    if (!draft || isBusy) return null;
    setBusy(true);
    setFailure('');
    const answer = await postJson<T>(`${url}/${action}`, { revision: draft.revision, ...body });
    setBusy(false);
    if (answer.ok) return answer.data;
    setFailure(answer.message);
    await load();
    return null;
  };
  const change = async (action: string, body: Record<string, unknown>): Promise<boolean> => {
    const changed = await post<DraftDetail>(action, body);
    if (!changed) return false;
    setDraft(changed);
    setPreview((last) => last && { ...last, isCurrent: changed.isPreviewCurrent });
    return true;
  };
  return {
    draft,
    rowsRead,
    preview,
    isBusy,
    failure,
    correct: (line, at, to) => change('correct', { line, at, to }),
    correctAlike: (at, pattern) => change('correct-alike', { at, pattern }),
    matchColumns: (columns) => change('columns', { columns }),
    check: async () => {
      if (await post('check')) await loadPreview();
    },
    importDraft: () => post('take-in'),
    discard: async () => (await post('discard')) !== null,
  };
}
