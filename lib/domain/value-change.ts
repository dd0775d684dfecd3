/** What intake does to a value of a row. Kept in English, which is its code as well: in German in `lib/words/de/value-changes.ts`. Pure. */
export type ValueChangeText =
  | 'trimmed'
  | 'line breaks and other blanks made one blank'
  | 'full-width characters made plain ones'
  | 'composed (Unicode NFC)'
  | 'decoded from the hexadecimal form of csvde'
  | 'the CN of a distinguished name'
  | 'without the marks that make it a text in Excel'
  | 'one quoted cell read as a row'
  | 'the value of a SharePoint list'
  | 'without what stood around the address'
  | 'without the row number before it'
  | 'read as empty'
  | 'upper-cased'
  | 'read as a country'
  | 'read from another column'
  | 'rewritten as year-month-day';

/** Several at once, or who corrected it. */
export type ValueChangeWhat = ValueChangeText | `${ValueChangeText}, ${string}` | `corrected by ${string}`;
