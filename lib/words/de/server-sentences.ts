/** What stands before the app says, in German: the same keys and values as `lib/domain/sentences/server-sentences.ts`, or it does not compile. */
import type { SERVER } from '#lib/domain/sentences/server-sentences.ts';

export const SERVER_DE: typeof SERVER = {
  waiting: ({ problem }) => `AutoProvision wartet: ${problem} Es geht automatisch weiter.`,
  databaseLocked: () => 'Ein anderes Programm hat die Datenbank gesperrt.',
  diskFull: () => 'Der Datenträger des Datenordners ist voll.',
  databaseReadOnly: () => 'Die Datenbank lässt sich nur lesen, nicht schreiben.',
  databaseMoved: ({ file }) => `Die Datenbankdatei ${file} wurde verschoben; auf sie wird gewartet.`,
  databaseLost: ({ why }) =>
    `Die Datenbankdatei wurde im laufenden Betrieb gelöscht, und ihr Inhalt lässt sich noch nicht sichern (${why}).`,
  databaseReplaced: ({ why }) =>
    `Die Datenbankdatei wurde im laufenden Betrieb ersetzt, und ihr Inhalt lässt sich noch nicht sichern (${why}).`,
  otherName: () =>
    'Unter diesem Namen antwortet der Server nicht: Öffnen Sie die Adresse, unter der er eingerichtet wurde.',
  tooManyRequests: ({ seconds }) =>
    `Zu viele Anfragen: Bitte warten Sie ${seconds} s, und versuchen Sie es dann noch einmal.`,
};
