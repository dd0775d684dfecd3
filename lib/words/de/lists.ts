import type { Translation } from '#lib/words/english.ts';

export const listsDe: Translation<'lists'> = {
  state: 'Zustand {states}',
  reason: 'Grund „{title}“',
  type: 'EmployeeType {types}',
  or: ' oder ',
  file: 'von einer Datei genannt',
  run: 'von einem Lauf geprüft',
  list: 'aus einer eingefügten Liste',
  'age.1h': 'seit einer Stunde oder länger',
  'age.1d': 'seit einem Tag oder länger',
  'age.3d': 'seit 3 Tagen oder länger',
  'age.7d': 'seit 7 Tagen oder länger',
  'age.30d': 'seit 30 Tagen oder länger',
  mine: 'der anfordernden Person zugewiesen',
  q: 'Suche „{text}“',
  none: 'ohne Filter',
};
