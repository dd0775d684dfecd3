/** A real Chromium for the browser tests: the one that is there, else Debian's package. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** First the one without windows: the others draw the frame of a window for each page, which is a fifth of the processor time of the tests. */
const USUAL_PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];
const PACKAGES = ['chromium-headless-shell', 'chromium'];

function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  return [...(named ? [named] : []), ...USUAL_PLACES].find((file) => existsSync(file)) ?? null;
}

function aptGet(...args: string[]): boolean {
  return (
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  );
}

/** Gives the path of a Chromium. Ends the process with a clear message where there is none and none can be installed. */
export function findOrInstallChromium(): string {
  const found = findChromium();
  if (found) return found;
  const mayInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (mayInstall) {
    process.stdout.write('Installing Chromium (Debian package) …\n');
    aptGet('update', '-qq');
    // Older releases have only the second.
    PACKAGES.some((name) => aptGet('install', '-y', '-qq', '--no-install-recommends', name));
    const installed = findChromium();
    if (installed) return installed;
  }
  process.stderr.write(
    'The browser tests need Chromium. Install it (Debian: `apt-get install chromium`, as root) or name one with CHROMIUM_PATH, then run `npm test` again. `npm run check` runs everything else.\n',
  );
  process.exit(1);
}
