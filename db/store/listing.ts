/** Whole lists for the command line and the run log. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, intakeRows, outcomes, people } from '#db/schema.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export interface ListedOutcome {
  userPrincipalName: string;
  state: PersonState;
  reason: string;
  message: string;
}

/** Every outcome of a run, in the order they were recorded. */
export function listOutcomes(db: Tx, runId: string): ListedOutcome[] {
  return db
    .select({
      userPrincipalName: people.userPrincipalName,
      state: outcomes.state,
      reason: outcomes.reason,
      message: outcomes.message,
    })
    .from(outcomes)
    .innerJoin(people, eq(people.id, outcomes.personId))
    .where(eq(outcomes.runId, runId))
    .orderBy(asc(outcomes.id))
    .all();
}

export type ListedPerson = typeof people.$inferSelect & { sources: { file: string; line: number }[] };

/** Everybody, or everybody in one state, in order of arrival, with the rows that named them. */
export function listPeople(db: Tx, state: PersonState | null): ListedPerson[] {
  const listed = db
    .select()
    .from(people)
    .where(state ? eq(people.state, state) : undefined)
    .orderBy(asc(people.firstSeenAt), asc(people.id))
    .all();
  const sources = new Map<number, { file: string; line: number }[]>();
  const rows = db
    .select({ personId: intakeRows.personId, file: intakeFiles.name, line: intakeRows.line })
    .from(intakeRows)
    .innerJoin(intakeFiles, eq(intakeFiles.id, intakeRows.fileId))
    .where(inArray(intakeRows.verdict, ['accepted', 'duplicate']))
    .orderBy(asc(intakeRows.id))
    .all();
  for (const { personId, file, line } of rows) {
    if (personId === null) continue;
    const known = sources.get(personId);
    if (known) known.push({ file, line });
    else sources.set(personId, [{ file, line }]);
  }
  return listed.map((person) => ({ ...person, sources: sources.get(person.id) ?? [] }));
}
