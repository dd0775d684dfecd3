/** Who may import what: turns `lib/import-rules.json` into rules of the lint (`lib/import-rules.biome.json`) and the table of `lib/README.md`. `npm run rules` writes both. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..');

const rulesSchema = z.record(
  z.string(),
  z.strictObject({
    /** Folders and files, beside its own. */
    imports: z.array(z.string()),
    /** Packages and built-in modules, with everything below them. */
    packages: z.array(z.string()),
    /** Why something is allowed that the order of the folders does not suggest. */
    because: z.record(z.string(), z.string()).optional(),
    /** Where the code belongs that wanted something else. */
    instead: z.string(),
  }),
);
/** By folder or file; what has an entry of its own inside a folder does not count as part of it. */
export type ImportRules = z.infer<typeof rulesSchema>;

export function readImportRules(): ImportRules {
  return rulesSchema.parse(JSON.parse(readFileSync(path.join(ROOT, 'lib', 'import-rules.json'), 'utf8')));
}

export const isFile = (place: string): boolean => path.extname(place) !== '';
const isInside = (place: string, folder: string): boolean => !isFile(folder) && place.startsWith(`${folder}/`);
const globOf = (place: string): string => (isFile(place) ? place : `${place}/**`);
const listOf = (places: readonly string[], otherwise: string): string => places.join(', ') || otherwise;

/** Biome's `overrides`: one for each folder, with a sentence for every kind of import it refuses. */
export function lintOverrides(rules: ImportRules): unknown[] {
  const places = Object.keys(rules);
  return Object.entries(rules).map(([place, { imports, packages, instead }]) => {
    const own = isFile(place) ? [] : [place];
    const allowed = [...own, ...imports];
    const nested = places.filter(
      (other) => !isFile(other) && !allowed.includes(other) && allowed.some((folder) => isInside(other, folder)),
    );
    const kinds = [
      {
        group: ['#*/**', ...allowed.map((one) => `!#${globOf(one)}`), ...nested.map((one) => `#${globOf(one)}`)],
        message: `${place} may import ${listOf(imports, 'only its own files')}. ${instead}`,
      },
      {
        group: ['**', '!#*/**', '!./**', '!../**', ...packages.flatMap((name) => [`!${name}`, `!${name}/**`])],
        message: `${place} may use ${listOf(packages, 'no package')}. ${instead}`,
      },
      {
        group: ['../**', './*/**'],
        message: 'Name a file of another folder by its whole path: #lib/…, #db/…, #components/…, #app/… or #tests/….',
      },
    ];
    return {
      includes: [
        globOf(place),
        ...places.filter((other) => isInside(other, place)).map((other) => `!${globOf(other)}`),
      ],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns: kinds } } } } },
    };
  });
}

/** The rules as the table that people read. */
export function importTable(rules: ImportRules): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ') || '–';
  const rows = Object.entries(rules).map(([place, { imports, packages, because = {} }]) => {
    const reasons = Object.entries(because).map(([name, why]) => ` (\`${name}\`: ${why})`);
    return `| \`${place}\` | ${code(imports)}${reasons.join('')} | ${code(packages)} |`;
  });
  return ['| folder or file | may import, beside its own files | packages |', '|---|---|---|', ...rows].join('\n');
}

const TABLE = /(?<=<!-- imports:start -->\n).*?(?=\n<!-- imports:end -->)/s;

/** The table between its two marks in `lib/README.md`. */
export function tableInReadme(): string {
  return TABLE.exec(readFileSync(path.join(ROOT, 'lib', 'README.md'), 'utf8'))?.[0] ?? '';
}

if (import.meta.main) {
  const rules = readImportRules();
  const readme = path.join(ROOT, 'lib', 'README.md');
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(TABLE, () => importTable(rules)),
  );
  writeFileSync(path.join(ROOT, 'lib', 'import-rules.biome.json'), JSON.stringify({ overrides: lintOverrides(rules) }));
}
