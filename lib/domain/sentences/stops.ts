/** Which sentence about what keeps Graph from being used a text is. Runs keep it with its values; where it stands inside another text, only the English is kept. Pure. */
import { REQUIRED_PERMISSIONS } from '#lib/domain/setup-checks.ts';
import { RUNS } from './run-sentences.ts';
import { valuesOf } from './silences.ts';

/** For each of them its values in the order in which it names them. */
const VALUES = {
  signInFailed: ['why'],
  tokenRefused: [],
  signInsThrottled: [],
  entraSilent: [],
  graphSilent: ['why'],
  graphThrottles: [],
  graphAnswered: ['status', 'permission'],
  licencesUnreadable: [],
  noLicencesNamed: [],
  userPermissionMissing: ['why'],
  batchRefused: [],
  accountsRefused: ['permission', 'n'],
  permissionMissing: ['permission', 'why'],
  mostCallsFailed: ['failed', 'all'],
} as const satisfies { [Key in keyof typeof RUNS]?: readonly string[] };

type StopKey = keyof typeof VALUES;

/** What is known of a sentence before it is read, beside the values it names. */
function variantsOf(key: StopKey): Record<string, unknown>[] {
  if (key !== 'accountsRefused') return [{}];
  return Object.keys(REQUIRED_PERMISSIONS).flatMap((access) => [{ access, n: 1 }, { access }]);
}

interface Pattern {
  key: StopKey;
  known: Record<string, unknown>;
  /** In the order in which they stand in the text. */
  names: string[];
  parts: string[];
}

function patternOf(key: StopKey, known: Record<string, unknown>): Pattern {
  const names = VALUES[key].filter((name) => !Object.hasOwn(known, name));
  const say = RUNS[key] as (values: unknown) => string;
  const text = say({ ...Object.fromEntries(names.map((name) => [name, '{}'])), ...known });
  return { key, known, names, parts: text.split('{}') };
}

const PATTERNS = (Object.keys(VALUES) as StopKey[]).flatMap((key) =>
  variantsOf(key).map((known) => patternOf(key, known)),
);

const PERMISSION = /^[A-Za-z]+(\.[A-Za-z]+)+$/;

/** As it is said inside another text, perhaps without its full stop; null: none of these. */
export function stopOf(text: string): { key: StopKey; values: Record<string, unknown> } | null {
  for (const { key, known, names, parts } of PATTERNS) {
    const values = valuesOf(text, parts) ?? valuesOf(`${text}.`, parts);
    // Microsoft may say as well that something is missing.
    if (values?.every((value, at) => names[at] !== 'permission' || PERMISSION.test(value)))
      return { key, values: { ...Object.fromEntries(names.map((name, at) => [name, values[at]])), ...known } };
  }
  return null;
}
