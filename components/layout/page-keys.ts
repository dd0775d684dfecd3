/** What single keys do on a page, beside finding: go to another page, walk through rows, press the button that has the key. */

/** The pages that `g` and a letter lead to. */
export const GO_KEYS: Record<string, { href: string; label: string }> = {
  o: { href: '/', label: 'Overview' },
  p: { href: '/people', label: 'People' },
  a: { href: '/approvals', label: 'Approvals' },
  f: { href: '/files', label: 'Files' },
  r: { href: '/runs', label: 'Runs' },
  m: { href: '/mappings', label: 'Mappings' },
  l: { href: '/licences', label: 'Licences' },
  t: { href: '/trends', label: 'Trends' },
  h: { href: '/history', label: 'History' },
  s: { href: '/settings', label: 'Settings' },
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
