import { expect, onTestFinished, test, vi } from 'vitest';
import { liveStream, liveStreamOf } from '#lib/services/live/live-stream.ts';

const QUICK = { everyMs: 5, heartbeatMs: 60_000, endAfterMs: 60_000 };
const never = new AbortController().signal;

/** Reads until the text contains `wanted`, or the stream has ended. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += new TextDecoder().decode(value);
    if (text.includes(wanted)) return text;
  }
}

test('says what is so at once, with its version as id', async () => {
  const reader = liveStream(() => ({ version: 'v1', n: 7 }), never, QUICK).getReader();
  expect(await readUntil(reader, 'data:')).toContain('id: v1\ndata: {"version":"v1","n":7}\n\n');
  await reader.cancel();
});

test('sends each change once, however often it checks', async () => {
  let checks = 0;
  const read = () => {
    checks += 1;
    return { version: checks < 10 ? 'old' : 'new' };
  };
  const reader = liveStream(read, never, QUICK).getReader();
  const text = await readUntil(reader, 'id: new');
  expect(text.match(/^id: old$/gm)).toHaveLength(1);
  await reader.cancel();
});

test('stays alive with a comment while nothing is new', async () => {
  const reader = liveStream(() => ({ version: 'v1' }), never, { ...QUICK, heartbeatMs: 5 }).getReader();
  expect(await readUntil(reader, ': still here')).toContain(': still here\n\n');
  await reader.cancel();
});

test('ends when its time is up, so that whoever listens is authorised anew', async () => {
  const reader = liveStream(() => ({ version: 'v1' }), never, { ...QUICK, endAfterMs: 20 }).getReader();
  expect(await readUntil(reader, 'never said')).toContain('id: v1');
});

test('asks no more once the request is over or the reader has gone', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const request = new AbortController();
  const over = liveStream(() => ({ version: 'v1' }), request.signal).getReader();
  const gone = liveStream(() => ({ version: 'v1' }), never).getReader();
  expect(vi.getTimerCount()).toBe(6);
  request.abort();
  expect(vi.getTimerCount()).toBe(3);
  await gone.cancel();
  expect(vi.getTimerCount()).toBe(0);
  expect(await readUntil(over, 'never said')).toContain('id: v1');
});

test('ends, and does not fail, where the database is closed under it', async () => {
  let isOpen = true;
  const read = () => {
    if (!isOpen) throw new Error('The database connection is not open');
    return { version: 'v1' };
  };
  const reader = liveStream(read, never, QUICK).getReader();
  await readUntil(reader, 'id: v1');
  isOpen = false;
  expect(await readUntil(reader, 'never said')).toBe('');
});

test('one operator has at most fifty streams; one that ends, or whose reader leaves, makes room, and others have theirs', async () => {
  const say = () => ({ version: 'v1' });
  const requests = Array.from({ length: 50 }, () => new AbortController());
  const open = requests.map(({ signal }) => liveStreamOf('tenant/ada', say, signal));
  onTestFinished(() => {
    for (const request of requests) request.abort();
  });
  const one = new AbortController();
  onTestFinished(() => one.abort());
  expect(() => liveStreamOf('tenant/ada', say, one.signal)).toThrow('50 live updates are open');
  liveStreamOf('tenant/ben', say, one.signal);
  requests[0]?.abort();
  liveStreamOf('tenant/ada', say, one.signal);
  expect(() => liveStreamOf('tenant/ada', say, one.signal)).toThrow('50 live updates are open');
  await open[1]?.cancel();
  liveStreamOf('tenant/ada', say, one.signal);
});
