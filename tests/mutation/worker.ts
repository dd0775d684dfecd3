/** The child that tries mutants, started anew whenever it has ended, hangs or has grown. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Answer, Question } from './protocol.ts';

/** Modules that were loaded anew stay in memory. */
const MEMORY_BYTES = 1_200_000_000;

export class Worker {
  private readonly instrumentedFile: string;
  private readonly scratch: string;
  private child: ChildProcess | null = null;

  /** `scratch`: where tests leave what they write. */
  constructor(instrumentedFile: string, scratch: string) {
    this.instrumentedFile = instrumentedFile;
    this.scratch = scratch;
  }

  /** `late` after `patienceMs` without an answer, `gone` when the process ended itself; both end this child. */
  async ask(question: Question, patienceMs: number): Promise<Answer | { kind: 'late' } | { kind: 'gone' }> {
    this.child ??= fork(path.join(import.meta.dirname, 'child.ts'), [this.instrumentedFile], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, TMPDIR: this.scratch, TEMP: this.scratch, LOG_LEVEL: 'silent', NODE_ENV: 'test' },
    });
    const { child } = this;
    const answer = await new Promise<Answer | { kind: 'late' } | { kind: 'gone' }>((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'late' }), patienceMs);
      const end = (answer: Answer | { kind: 'gone' }) => {
        clearTimeout(timer);
        resolve(answer);
      };
      child.once('message', (message) => end(message as Answer));
      child.once('exit', () => end({ kind: 'gone' }));
      child.send(question);
    });
    child.removeAllListeners();
    const grown = 'memory' in answer && answer.memory > MEMORY_BYTES;
    if (answer.kind === 'late' || answer.kind === 'gone' || grown) this.end();
    return answer;
  }

  end(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }
}
