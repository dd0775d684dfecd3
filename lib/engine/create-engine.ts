/** Assembles the engine for the server and the command line alike: database, Graph, and the person locks of its runs. */
import type { Db } from '#db/client.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { mostWrites, recentWrites } from '#db/store/outcomes/intents.ts';
import { PersonLocks } from '#lib/engine/cycle/person-locks.ts';
import type { Env } from '#lib/env.ts';
import { createDirectory, DEFAULT_TIMING, type Directory, type DirectoryTiming } from '#lib/graph/directory.ts';
import { currentCredential } from '#lib/graph/http/credential.ts';

/** How to reach Graph: the real one, or the demo tenant that the caller started. */
export interface GraphAccess {
  baseUrl: string;
  authorityHost: string | null;
  credential: NonNullable<Env['graph']['credential']>;
}

export interface Engine {
  db: Db;
  /** As it is at this moment: secrets that lie in files are replaced while the server runs. */
  readonly env: Env;
  directory: Directory;
  publicUrl: string;
  /** The people that runs of this process are working on. */
  personLocks: PersonLocks;
}

export interface EngineOptions {
  db: Db;
  readEnv: () => Env;
  graph: GraphAccess;
  publicUrl: string;
  timing?: Partial<DirectoryTiming>;
}

/** What the tenant accepted within a window counts as proven for this long, over restarts too. */
const PROOF_LASTS_MS = 7 * 24 * 3_600_000;

/** Creates an engine; Graph is not called yet. */
export function createEngine({ db, readEnv, graph, publicUrl, timing }: EngineOptions): Engine {
  const now = Date.now();
  seedMappings(db, now);
  const env = readEnv();
  const windowMs = timing?.writeWindowMs ?? DEFAULT_TIMING.writeWindowMs;
  const signIn = () => currentCredential(() => readEnv().graph.credential ?? graph.credential, graph.authorityHost);
  const directory = createDirectory({
    baseUrl: graph.baseUrl,
    credential: signIn(),
    renewCredential: signIn,
    writesPer150s: env.graph.writesPer150s,
    unitsPer10s: env.graph.unitsPer10s,
    recentWritesAt: recentWrites(db, now - windowMs),
    provenWrites: mostWrites(db, now - PROOF_LASTS_MS, windowMs),
    timing: { replicationMs: env.graph.replicationMs, ...timing },
  });
  return {
    db,
    get env() {
      return readEnv();
    },
    directory,
    publicUrl,
    personLocks: new PersonLocks(),
  };
}
