/** Reads the database of a world beside the product, without being noticed. */
import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import { writesSoFar } from './platform/machine.ts';

export class Observer {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement<unknown[], unknown>>();
  #version = 0;
  #writes = -1;
  readonly #kept = new Map<string, { version: number; rows: unknown[] }>();

  constructor(file: string) {
    this.#database = new Sqlite(file, { readonly: true });
  }

  all<Row>(sql: string, ...given: unknown[]): Row[] {
    return this.#prepared(sql).all(...given) as Row[];
  }

  get<Row>(sql: string, ...given: unknown[]): Row | undefined {
    return this.#prepared(sql).get(...given) as Row | undefined;
  }

  count(sql: string, ...given: unknown[]): number {
    return this.get<{ n: number }>(`select count(*) as n ${sql}`, ...given)?.n ?? 0;
  }

  /** Changes with every commit of somebody else. */
  version(): number {
    // To ask costs more than anything else that is done at every step.
    const writes = writesSoFar();
    if (writes !== this.#writes)
      this.#version = this.get<{ data_version: number }>('pragma data_version')?.data_version ?? 0;
    this.#writes = writes;
    return this.#version;
  }

  /** The same as `all`, read again only after a commit. */
  kept<Row>(sql: string): readonly Row[] {
    const version = this.version();
    const kept = this.#kept.get(sql);
    if (kept?.version === version) return kept.rows as Row[];
    const rows = this.all<Row>(sql);
    this.#kept.set(sql, { version, rows });
    return rows;
  }

  close(): void {
    this.#database.close();
  }

  #prepared(sql: string): Statement<unknown[], unknown> {
    const kept = this.#statements.get(sql) ?? this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, kept);
    return kept;
  }
}
