import type { Translation } from '#lib/words/english.ts';

export const actorsDe: Translation<'actors'> = {
  program: 'Programm:',
  idm: 'Der Eingangsordner',
  commandLine: 'Befehlszeile',
};
