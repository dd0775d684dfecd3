// Installs the packages where they are missing or out of date. Runs before everything else, on any Node from 20 up, without packages.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isTooOld } from './node-version.mjs';

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..', '..');
const stamp = path.join(root, 'node_modules', '.autoprovision-lock');
const lockHash = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');
const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash;

if (!isInstalled) {
  process.stdout.write('Installing packages (npm ci) …\n');
  // With NODE_ENV=production npm would leave the build tools out.
  const { NODE_ENV: _, ...env } = process.env;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(
      'npm ci failed: see the lines above. Check that the npm registry can be reached, then run this again.\n',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lockHash);
}

const version = execFileSync('node', ['--version'], {
  env: { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}` },
  encoding: 'utf8',
}).trim();
if (isTooOld(version)) {
  process.stderr.write(
    `Node ${version} is too old, and no newer one comes with the packages on ${process.platform} ${process.arch}: install Node 24.\n`,
  );
  process.exit(1);
}
