import type { Translation } from '#lib/words/english.ts';

export const runs: Translation<'runs'> = {
  dryRun: 'Probelauf',
  runNow: 'Jetzt starten',
  alreadyQueued: 'Gleich beginnt schon ein Lauf.',
  runStarts: 'Der Lauf beginnt.',
  dryRunStarts: 'Der Probelauf beginnt.',
  watch: 'Verfolgen',
  aboutToStart: 'Gleich beginnt ein Lauf.',
  reading: 'Ein Lauf ist im Gange: Er liest Dateien und schlägt Personen nach.',
  doneOf: '{done, number} von {due, number} Personen fertig.',
  peopleDone: 'Personen fertig',
};
