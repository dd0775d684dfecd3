/** Opens what the server needs as soon as that is possible, and says meanwhile why nothing else is served; later as well, where it is lost. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { partOf, type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { saidTo } from './said-to.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface WaitingRoom<T> {
  open(): T;
  /** What to say where this error may pass by itself; null: it will not. */
  explain(error: unknown): Sentence | null;
  /** Where to listen meanwhile. */
  hostname: string;
  port: number;
  /** Told once, when the wait begins. */
  onWait(problem: Sentence): void;
}

/** Gives what `open` gives, after as many tries as it takes. Throws what will not pass. */
export async function openWhenPossible<T>({ open, explain, hostname, port, onWait }: WaitingRoom<T>): Promise<T> {
  let close = async () => {};
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    let problem: Sentence | null = null;
    try {
      const opened = open();
      await close();
      return opened;
    } catch (error) {
      problem = explain(error);
      if (problem === null) throw error;
    }
    if (pauseMs === FIRST_PAUSE_MS) {
      onWait(problem);
      close = await listen(problem, hostname, port);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Serves nothing but the problem, as a plain page in the reader’s language and as JSON. Where the port is taken nothing is served. */
async function listen(problem: Sentence, hostname: string, port: number): Promise<() => Promise<void>> {
  const server = createServer((request, response) => answerProblem(request, response, problem));
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.listen(port, hostname, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

function answerProblem(request: IncomingMessage, response: ServerResponse, problem: Sentence): void {
  if (isHealth(request)) {
    answerHealth(response, 503, { status: 'waiting', problem: problem.message });
    return;
  }
  const { text, language } = saidTo(request, sentence('waiting', { problem: partOf(problem) }));
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '10' };
  response.writeHead(503, { ...headers, 'content-language': language });
  response.end(`${text}\n`);
}

/**
 * Answers `/healthz`, for whoever watches the service: without signing in, and before anything else. While there is a problem
 * nothing else is answered than that; where nothing can be stored (`unstored`), pages can still be read.
 */
export function withHealth(handle: Handler, problem: () => Sentence | null, unstored: () => string | null): Handler {
  return (request, response) => {
    const now = problem();
    if (now !== null) answerProblem(request, response, now);
    else if (isHealth(request)) answerHealth(response, ...healthBy(unstored()));
    else handle(request, response);
  };
}

function healthBy(problem: string | null): [status: number, body: Record<string, string>] {
  return problem === null ? [200, { status: 'ok' }] : [503, { status: 'waiting', problem }];
}

function isHealth({ url }: IncomingMessage): boolean {
  return url === '/healthz';
}

function answerHealth(response: ServerResponse, status: number, body: Record<string, string>): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
