/** Writes to the tenant that a database remembers from before. */
import type Sqlite from 'better-sqlite3';

/** So many licences, assigned evenly from one time to the other to somebody who is done. */
export function addEarlierWrites(client: Sqlite.Database, writes: number, from: number, to: number): void {
  const add = client.prepare(
    `insert into intents (run_id, person_id, kind, payload, created_at, settled_at, result) values ('earlier', ?, 'licence', '{}', ?, ?, 'applied')`,
  );
  client.transaction(() => {
    const { lastInsertRowid } = client
      .prepare(
        `insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key, state, state_since, reason, message, first_seen_at)
         values ('earlier@contoso.example', 'earlier@contoso.example', 'Earlier', 'E', 'e', 'provisioned', 0, 'provisioned', '', 0)`,
      )
      .run();
    for (let write = 1; write <= writes; write += 1) {
      const at = Math.round(from + (write * (to - from)) / writes);
      add.run(lastInsertRowid, at, at);
    }
  })();
}
