/** What single keys do on a page, beside finding: go to another page, walk through rows, press the button that has the key. */
import type { Words } from '#lib/words/english.ts';

/** The pages that `g` and a letter lead to. */
export const GO_KEYS: Record<string, { href: string; page: keyof Words['navigation'] }> = {
  o: { href: '/', page: 'overview' },
  p: { href: '/people', page: 'people' },
  a: { href: '/approvals', page: 'approvals' },
  f: { href: '/files', page: 'files' },
  r: { href: '/runs', page: 'runs' },
  m: { href: '/mappings', page: 'mappings' },
  l: { href: '/licences', page: 'licences' },
  t: { href: '/trends', page: 'trends' },
  h: { href: '/history', page: 'history' },
  s: { href: '/settings', page: 'settings' },
};

/** `g` waits so long for its letter. */
const SEQUENCE_MS = 1_500;

/** The focus goes to the link of the next or previous row; the first time to the first row. */
function walkRows(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main tbody tr')].filter((row) => row.querySelector('a'));
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at === -1 ? rows[0] : rows[at + by];
  next?.querySelector('a')?.focus();
}

/** The one button of the page that has this key. */
function pressed(key: string): boolean {
  const button = document.querySelector<HTMLElement>(`main [aria-keyshortcuts="${key}"]`);
  // What comes of it stands beside it.
  button?.closest('details')?.setAttribute('open', '');
  button?.click();
  return button !== null;
}

/** Gives what to call with each single key that nothing else took; true: it did something. `go` leads to another page. */
export function pageKeys(go: (href: string) => void): (key: string) => boolean {
  let goesUntil = 0;
  return (key) => {
    const isGoing = performance.now() < goesUntil;
    goesUntil = 0;
    if (isGoing) {
      const place = Object.hasOwn(GO_KEYS, key) ? GO_KEYS[key] : undefined;
      if (place) go(place.href);
      return place !== undefined;
    }
    if (key === 'g') goesUntil = performance.now() + SEQUENCE_MS;
    else if (key === 'j' || key === 'k') walkRows(key === 'j' ? 1 : -1);
    else return (key === 'r' || key === 'c') && pressed(key);
    return true;
  };
}
