import type { Translation } from '#lib/words/english.ts';

export const uploadDeskDe: Translation<'uploadDesk'> = {
  sending: '{name} wird gesendet: {sent, number, ::.0} von {all, number, ::.0} MB',
  sendingFile:
    '{name} wird gesendet, Datei {file, number} von {files, number}: {sent, number, ::.0} von {all, number, ::.0} MB',
  sent: 'Gesendet',
  dropNow: 'Hier ablegen, um hochzuladen und durchzusehen',
  cannotUpload: 'Sie können keine Dateien hochladen',
  several: 'Eine CSV-Datei oder Excel-Arbeitsmappe, auch mehrere. Importiert wird erst, wenn Sie bestätigen.',
  uploads: 'Uploads',
  uploaded: 'Hochgeladen, zum Durchsehen',
  notUploaded: '<strong>{name} wurde nicht hochgeladen:</strong> {why}',
  close: 'Schließen',
};
