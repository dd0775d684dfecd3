/** What stands before the app says to whoever opens a page. English; German in `lib/words/de/server-sentences.ts`. Pure. */

/** Why nothing is served, or not to this visitor. `why`: of the operating system. */
export const SERVER = {
  waiting: ({ problem }: { problem: string }) => `AutoProvision is waiting: ${problem} It continues automatically.`,
  databaseLocked: () => 'another program has locked the database.',
  diskFull: () => 'the disk of the data folder is full.',
  databaseReadOnly: () => 'the database can only be read, not written.',
  databaseMoved: ({ file }: { file: string }) => `the database file ${file} was moved away, and is waited for.`,
  databaseLost: ({ why }: { why: string }) =>
    `the database file was deleted while the server was running, and what it held cannot be saved yet (${why}).`,
  databaseReplaced: ({ why }: { why: string }) =>
    `the database file was replaced while the server was running, and what it held cannot be saved yet (${why}).`,
  otherName: () => 'This server does not answer to that name: open the address it was set up with.',
  tooManyRequests: ({ seconds }: { seconds: number }) => `Too many requests: please wait ${seconds} s and try again.`,
};
