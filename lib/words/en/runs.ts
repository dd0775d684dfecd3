/** Starting and watching runs, wherever that is possible. */
export const runs = {
  dryRun: 'Dry run',
  runNow: 'Run now',
  alreadyQueued: 'A run is already about to start.',
  runStarts: 'The run starts.',
  dryRunStarts: 'The dry run starts.',
  watch: 'Watch it',
  aboutToStart: 'A run is about to start.',
  reading: 'A run is in progress: it reads files and looks people up.',
  doneOf: '{done, number} of {due, number} people done.',
  peopleDone: 'People done',
} as const;
