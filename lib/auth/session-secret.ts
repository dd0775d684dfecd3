/** The key of the session cookie, and the two variables that next-auth reads on its own. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerEnv } from '#lib/env.ts';

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The configured secret; otherwise (demo mode only) one generated once and stored in `$DATA_DIR/session-secret`, readable by
 * its owner only, so that sessions survive a restart. Throws where `DATA_DIR` cannot be written.
 */
export function sessionSecret(env: Pick<ServerEnv, 'dataDir' | 'sessionSecret'>): string {
  if (env.sessionSecret) return env.sessionSecret;
  const file = path.join(env.dataDir, 'session-secret');
  const stored = readSecret(file);
  if (stored) return stored;
  mkdirSync(env.dataDir, { recursive: true, mode: 0o700 });
  const generated = randomBytes(32).toString('base64url');
  // Linked into place as a whole: of two processes that start together, both use the first one's secret.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${generated}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecret(file) ?? generated;
}

/** Sets `NEXTAUTH_URL` and `NEXTAUTH_SECRET` where they are missing; a secret in a file stays there. Call it before the server answers its first request. */
export function prepareAuthEnvironment(env: ServerEnv): void {
  process.env.NEXTAUTH_URL ||= env.publicUrl;
  if (!process.env.NEXTAUTH_SECRET_FILE?.trim()) process.env.NEXTAUTH_SECRET ||= sessionSecret(env);
}
