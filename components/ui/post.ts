/** Requests from the browser to our route handlers: the answer, or the refusal as text. */
import { pageWords } from '#components/words/use-words.ts';
import type { ErrorBody } from '#lib/services/http/http.ts';

export type Answer<T> =
  | { ok: true; data: T }
  /** `code` null: the server did not answer. */
  | { ok: false; message: string; code: ErrorBody['error']['code'] | null };

/** Whether the server last answered that the session has ended: the page, and an open dialog, then lead to the sign-in. */
let isEnded = false;
const listeners = new Set<() => void>();

function tellEnded(now: boolean): void {
  if (now === isEnded) return;
  isEnded = now;
  for (const listener of listeners) listener();
}

export const sessionEnd = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isEnded: () => isEnded,
  tell: tellEnded,
};

/** What stands before the app knows no language: these are its refusals of whoever did nothing wrong. */
const OF_THE_GATE = { 408: 'tooSlow', 413: 'tooLarge', 429: 'tooMany' } as const;

function refusalOf<T>(status: number, { error: { message, said = message, code } }: ErrorBody): Answer<T> {
  if (code === 'unauthenticated') tellEnded(true);
  const key = code === 'unauthenticated' ? 'sessionEnded' : OF_THE_GATE[status as keyof typeof OF_THE_GATE];
  return { ok: false, message: key ? pageWords('requests')(key) : said, code };
}

function noAnswer<T>(): Answer<T> {
  return { ok: false, message: pageWords('requests')('noAnswer'), code: null };
}

async function ask<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(url, init);
    if (response.ok) tellEnded(false);
    if (response.ok) return { ok: true, data: await answered<T>(response) };
    return refusalOf(response.status, await answered<ErrorBody>(response));
  } catch {
    return noAnswer();
  }
}

/** Our own handlers answer with these types: both ends are compiled together. */
async function answered<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

function send<T>(url: string, type: string, body: BodyInit): Promise<Answer<T>> {
  return ask(url, { method: 'POST', headers: { 'content-type': type }, body });
}

export function getJson<T>(url: string): Promise<Answer<T>> {
  return ask(url, { cache: 'no-store' });
}

export function postJson<T>(url: string, body: unknown): Promise<Answer<T>> {
  return send(url, 'application/json', JSON.stringify(body));
}

/** Sends a file; `onProgress` hears how many of its bytes are sent. `fetch` cannot tell. */
export function postFile<T>(url: string, file: Blob, onProgress: (sentBytes: number) => void): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    // What a file is shows in its bytes: the server looks for itself.
    request.setRequestHeader('content-type', 'text/csv');
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => resolve(noAnswer());
    request.onload = () => resolve(answerOf<T>(request.status, request.responseText));
    request.send(file);
  });
}

function answerOf<T>(status: number, text: string): Answer<T> {
  try {
    if (status >= 200 && status < 300) return { ok: true, data: JSON.parse(text) as T };
    return refusalOf(status, JSON.parse(text) as ErrorBody);
  } catch {
    return noAnswer();
  }
}
