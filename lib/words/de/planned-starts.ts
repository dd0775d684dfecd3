import type { Translation } from '#lib/words/english.ts';

export const plannedStartsDe: Translation<'plannedStarts'> = {
  title: 'Geplant, noch in keiner Datei',
  item: '{n, plural, one {# Neuzugang} other {# Neuzugänge}} vom Typ {type} am {day}',
  by: 'von {name}',
  byAndNamed: 'von {name}; {n, plural, one {# davon steht} other {# davon stehen}} inzwischen in einer Datei',
  remove: 'Entfernen',
  removeItem: '{n, plural, one {# Neuzugang} other {# Neuzugänge}} vom Typ {type} am {day} entfernen',
  planned: 'Geplant.',
  removed: 'Entfernt.',
  newcomers: 'Neuzugänge',
  employeeType: 'EmployeeType',
  firstDay: 'Erster Tag',
  plan: 'Planen',
  nothing: 'Es ist nichts geplant.',
};
