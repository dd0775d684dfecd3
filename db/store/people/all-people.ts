/** All people, for the command line. */
import { asc, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { fileRows, intakeFiles } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import type { PersonState } from '#lib/domain/states.ts';

export type PersonWithSources = typeof people.$inferSelect & { sources: { file: string; line: number }[] };

/** All people, or all in one state, in order of arrival, with the rows that named them. */
export function listPeople(db: Tx, state: PersonState | null): PersonWithSources[] {
  const listed = db
    .select()
    .from(people)
    .where(state ? eq(people.state, state) : undefined)
    .orderBy(asc(people.firstSeenAt), asc(people.id))
    .all();
  const sources = new Map<number, { file: string; line: number }[]>();
  const rows = db
    .select({ personId: fileRows.personId, file: intakeFiles.name, line: fileRows.line })
    .from(fileRows)
    .innerJoin(intakeFiles, eq(intakeFiles.id, fileRows.fileId))
    .where(isNotNull(fileRows.personId))
    .orderBy(asc(intakeFiles.receivedAt), asc(intakeFiles.id), asc(fileRows.line))
    .all();
  for (const { personId, file, line } of rows) {
    if (personId === null) continue;
    const known = sources.get(personId);
    if (known) known.push({ file, line });
    else sources.set(personId, [{ file, line }]);
  }
  return listed.map((person) => ({ ...person, sources: sources.get(person.id) ?? [] }));
}
