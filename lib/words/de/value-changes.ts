/** What intake did to a value of a row, in German: everything that `lib/domain/value-change.ts` names, or it does not compile. */
import type { ValueChangeText } from '#lib/domain/value-change.ts';

export const VALUE_CHANGES_DE: Record<ValueChangeText, string> = {
  trimmed: 'ohne Leerzeichen am Rand',
  'line breaks and other blanks made one blank': 'Umbrüche und andere Zwischenräume als ein Leerzeichen',
  'full-width characters made plain ones': 'breite Zeichen als einfache',
  'composed (Unicode NFC)': 'zusammengesetzt (Unicode NFC)',
  'decoded from the hexadecimal form of csvde': 'aus der hexadezimalen Form von csvde gelesen',
  'the CN of a distinguished name': 'der CN eines Distinguished Name',
  'without the marks that make it a text in Excel': 'ohne die Zeichen, die es in Excel zu Text machen',
  'the value of a SharePoint list': 'der Wert einer SharePoint-Liste',
  'one quoted cell read as a row': 'eine Zelle in Anführungszeichen als Zeile gelesen',
  'without what stood around the address': 'ohne das, was um die Adresse stand',
  'without the row number before it': 'ohne die Zeilennummer davor',
  'read as empty': 'als leer gelesen',
  'upper-cased': 'in Großbuchstaben',
  'read as a country': 'als Land gelesen',
  'read from another column': 'aus einer anderen Spalte gelesen',
  'rewritten as year-month-day': 'als Jahr-Monat-Tag geschrieben',
};
