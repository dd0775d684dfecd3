/** One value in the forms in which SharePoint lists, Forms and Power Automate write it. Pure. */
import type { KnownColumn } from '#lib/domain/newcomer.ts';

/** A look-up, `3;#Employee`, and the only one of several choices, `;#Employee;#`. */
const LOOK_UP = /^\d{0,10};#([^;]+)(?:;#)?$/;
/** How SharePoint names an account: `i:0#.f|membership|ada@contoso.example`. */
const CLAIM = /^i:0.\.[a-z]\|[a-z]+\|([^|\s]+@[^|\s]+)$/i;
/** What holds the value in the objects that Power Automate writes for a choice or a person. */
const KEYS: ReadonlyMap<KnownColumn, readonly string[]> = new Map([
  ['UserPrincipalName', ['Claims']],
  ['CN', ['DisplayName', 'Value']],
]);

/** The value itself; the text as it is where it is in none of these forms, or holds several values. */
export function withoutListForm(column: KnownColumn, text: string): string {
  // Hardly any cell.
  if (!/[;|\]}]/.test(text)) return text;
  const trimmed = text.trim();
  const value = LOOK_UP.exec(trimmed)?.[1] ?? valueOfJson(column, trimmed) ?? text;
  if (column === 'UserPrincipalName') return CLAIM.exec(value)?.[1] ?? value;
  return column === 'EmployeeType' ? (/^([^;]+);$/.exec(value)?.[1] ?? value) : value;
}

/** `["Employee"]`, `{"Value":"Employee"}`. */
function valueOfJson(column: KnownColumn, text: string): string | null {
  if (!/^(?:\["|\{")/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // It was not written by a program: somebody may call a type so.
    return null;
  }
  const found = Array.isArray(value)
    ? value.length === 1 && value[0]
    : (KEYS.get(column) ?? ['Value'])
        .map((key) => (value as Record<string, unknown>)[key])
        .find((one) => one !== undefined);
  return typeof found === 'string' ? found : null;
}
