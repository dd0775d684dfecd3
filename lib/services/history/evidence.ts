/** Evidence packages: the events of a person, of a run or of a time, signed, for somebody who does not trust us. */
import { z } from 'zod';
import { operatorAddresses, recordExport } from '#db/store/system/operators.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { evidence } from '#lib/audit/evidence.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { dayEnd, dayStart } from '#lib/domain/time/days.ts';
import { readEnv } from '#lib/env.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { readRun } from '#lib/services/runs/runs.ts';

const day = z.iso.date().nullable().catch(null).default(null);

/** `?personId=…`, `?runId=…` or `?from=2026-11-01&to=2026-11-30`: whole days in the time zone of Settings; without one there is no limit. */
const inputSchema = z.union([
  z.object({ personId: z.coerce.number().int().positive() }),
  z.object({ runId: z.string().min(1).max(200) }),
  z.object({ from: day, to: day }),
]);

type Input = z.infer<typeof inputSchema>;

/** Whose or which events, and how that is called. Throws `not_found`. */
function subject(operator: Operator, input: Input) {
  if ('personId' in input) {
    const { id, displayName, userPrincipalName } = readPerson(operator, { id: input.personId });
    return { of: { personId: id }, about: `${displayName} (${userPrincipalName})`, name: `person-${id}` };
  }
  if ('runId' in input) {
    const { id } = readRun(operator, { id: input.runId });
    return { of: { runId: id }, about: `run ${id}`, name: `run-${id}` };
  }
  const { from, to } = input;
  const { timeZone } = readSettings(database(), readEnv());
  const of = {
    from: from === null ? 0 : dayStart(from, timeZone),
    until: to === null ? Number.MAX_SAFE_INTEGER : dayEnd(to, timeZone),
  };
  const about = [from && `from ${from}`, to && `until ${to}`].filter(Boolean).join(' ');
  const days = [from, to].filter(Boolean).join('-');
  return { of, about: about ? `the history ${about} (${timeZone})` : 'the history', name: days || 'history' };
}

/** One file (HTML) with its name. That it was exported is the newest event in it. */
export function exportEvidence(operator: Operator | null, input: unknown): { name: string; pieces: Iterable<string> } {
  authorise(operator, 'history:read');
  const { of, about, name } = subject(operator, parseInput(inputSchema, input));
  const db = database();
  const now = Date.now();
  recordExport(db, operator, { what: 'evidence', name: about }, now);
  const addresses = operatorAddresses(db);
  const by = `${operator.name} (${operator.email})`;
  const pieces = evidence(db, readEnv().dataDir, { of, about, by, addresses, now });
  return { name: `evidence-${name}.html`, pieces };
}
