/** The database of this process, opened when a service first needs it: building the app needs none. */
import { type Db, sharedDatabase } from '#db/client.ts';
import { readEnv } from '#lib/env.ts';

export function database(): Db {
  return sharedDatabase(readEnv().databaseFile);
}
