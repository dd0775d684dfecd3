import type { Translation } from '#lib/words/english.ts';

export const uploadsDe: Translation<'uploads'> = {
  title: 'Upload',
  heading: 'Datei hochladen',
  template: 'Mit einer Vorlage anfangen',
  templates:
    'Die Spalten sind schon da. In der Arbeitsmappe wählen Sie den EmployeeType aus einer Liste der zugeordneten Typen.',
  excelTemplate: 'Excel-Vorlage',
  csvTemplate: 'CSV-Vorlage',
  open: 'Noch nicht importierte Uploads',
  by: '{name}, <when></when>',
  yours:
    '{n, number} davon {n, plural, one {stammt} other {stammen}} von Ihnen; höchstens {limit, number} sind möglich.',
  review: 'Upload durchsehen',
  importedBefore:
    '<strong>Genau diese Datei wurde schon importiert</strong>, als <file>{name}</file>, <when></when>. Ein weiterer Import fügt niemanden hinzu: Dieselben Personen werden nur erneut geprüft.',
  discarded: 'Dieser Upload wurde verworfen.',
  nobodyImported: 'Niemand wurde importiert. <another>Eine andere Datei hochladen</another>',
  nothingYet: 'Noch ist nichts importiert.',
  uploadedBy: 'Hochgeladen von {name}, <when></when>',
};
