/** Every page and every route handler of the app, read from its folders: a new one is tested without anybody remembering to. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const APP = path.join(import.meta.dirname, '..', '..', '..', 'app');

function filesNamed(name: string): string[] {
  return readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => path.basename(file) === name);
}

/** Values for the variable parts of an address; everything else is an id. */
const EXAMPLES: Record<string, string> = { '[action]': 'retry', '[guide]': 'reasons' };

/** `(console)/people/[id]/page.tsx` → `/people/1` */
function addressOf(file: string): string {
  const parts = path
    .dirname(file)
    .split(path.sep)
    .filter((part) => part !== '.' && !part.startsWith('('));
  return `/${parts.map((part) => EXAMPLES[part] ?? part.replace(/^\[.*\]$/, '1')).join('/')}`;
}

/** Pages that need nobody signed in. */
const OPEN_PAGES = ['/sign-in', '/no-access'];

export function pages(): string[] {
  return filesNamed('page.tsx')
    .map(addressOf)
    .filter((address) => !OPEN_PAGES.includes(address))
    .sort();
}

/** Handlers that need nobody signed in. */
const OPEN_HANDLERS = ['words/[file]/route.ts'];

/** Handlers of our own; next-auth's are its own matter. */
export function handlers(): { method: string; address: string }[] {
  return filesNamed('route.ts')
    .filter((file) => !file.includes('[...nextauth]') && !OPEN_HANDLERS.includes(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(APP, file), 'utf8');
      const methods = [...source.matchAll(/export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE)\b/g)];
      return methods.map(([, method]) => ({ method: method ?? '', address: addressOf(file) }));
    })
    .sort((a, b) => a.address.localeCompare(b.address));
}
