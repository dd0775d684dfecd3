/** Changes the history past its triggers, as somebody with the file in hand can. The chain breaks with it. */
import type { Tx } from '#db/client.ts';

export function rewriteHistory({ $client }: Pick<Tx, '$client'>, work: () => unknown): void {
  const triggers = $client
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'events'",
    )
    .all();
  for (const { name } of triggers) $client.exec(`drop trigger ${name}`);
  work();
  for (const { sql } of triggers) $client.exec(sql);
}
