/** Opens the data folder of this installation: private, and of this tenant. */
import { type Db, openDatabase, sharedDatabase, waitPatiently } from '#db/client.ts';
import { claimDatabase, type Identity } from '#db/store/system/identity.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { Env, ServerEnv } from '#lib/env.ts';
import { finishPutBack } from './database-watch.ts';
import { makePrivate } from './private-files.ts';

/** The tenant that the environment names. */
export function identityFrom(env: Env & Partial<Pick<ServerEnv, 'signIn'>>): Identity {
  if (env.tenantMode === 'demo') return { mode: 'demo', tenantId: null };
  const { credential } = env.graph;
  const named = credential && 'tenantId' in credential ? credential.tenantId : env.signIn?.tenantId;
  return { mode: 'entra', tenantId: named?.toLowerCase() ?? null };
}

function opened(env: Env, open: (file: string) => Db): Db {
  finishPutBack(env.databaseFile);
  const db = open(env.databaseFile);
  claimDatabase(db, identityFrom(env), Date.now());
  makePrivate(env.dataDir, env.dropFolder);
  return db;
}

/** For the command line. Throws where the folder cannot be used, with one line that says why. */
export function openOwnDatabase(env: Env): Db {
  return opened(env, (file) => waitPatiently(openDatabase(file)));
}

/** For the server, which shares one connection. Throws as `openOwnDatabase` does. */
export function openSharedDatabase(env: Env): Db {
  return opened(env, sharedDatabase);
}

/** Errors of SQLite and of the file system that may pass: another program holds the file, there is no room, or it is read-only for the moment. */
const PASSING: readonly [RegExp, Sentence][] = [
  [/^SQLITE_(BUSY|LOCKED)/, sentence('databaseLocked')],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, sentence('diskFull')],
  [/^(SQLITE_READONLY|EROFS)/, sentence('databaseReadOnly')],
];

/** What to say about an error that may pass by itself; null: it will not. */
export function passingProblem(error: unknown): Sentence | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    const known = PASSING.find(([pattern]) => pattern.test(code));
    if (known) return known[1];
  }
  return null;
}
