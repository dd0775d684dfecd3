/** What the history is made of: every kind of event, and what each kind tells beside who did it, when and in which words. Pure. */

import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';
import type { Said } from '#lib/domain/reasons/said.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import type { LeadTime } from '#lib/domain/time/start-date.ts';
import type { SessionEnd, SessionLimits } from './sessions.ts';
import type { PersonState } from './states.ts';

/** Who did something: operators have a stable key (`tenant id/object id`), the engine and the drop folder have none. */
export interface Actor {
  name: string;
  key: string | null;
}

export const ENGINE: Actor = { name: 'engine', key: null };
export const COMMAND_LINE: Actor = { name: 'command line', key: null };

/** A value of our own records that a file or an operator changed. */
export interface RecordChange {
  column: string;
  before: string | null;
  after: string | null;
}

/** A value that we wrote to an account in Microsoft 365. */
export interface Written {
  what: string;
  from: string | null;
  to: string;
  why: string;
  /** The same by code; what earlier releases wrote has none. */
  because?: WrittenBecause;
}

/** Where a value came from. `location`: the usage location, by its source; `licence`: by the mapping, and perhaps as somebody decided. */
type WrittenBecause =
  | { what: 'location'; source: 'operator' | 'row' | 'mapping' | 'default'; by: string | null }
  | { what: 'licence'; employeeType: string; isReassigned: boolean; by: string | null };

/** A version of a mapping, as the history keeps it. */
export interface MappingFacts {
  licences: unknown;
  usageLocation: string | null;
  leadTime: LeadTime | null;
  licenseAccountsWithAddress: boolean | null;
  rank: number;
  note: string | null;
}

/** Newcomers who are planned and in no file yet. */
interface PlannedFacts {
  employeeType: string;
  /** `2026-11-02` */
  startDate: string;
  people: number;
}

/** Why an account is not let in. */
export type Denial = { why: 'another_tenant'; tenantId: string } | { why: 'too_weak'; authContext: string };

/** What an operator was refused: something that needs another role, a page, somebody else’s upload; or a request that another site sent. */
export type Denied =
  | { permission: string; role: string; page?: string; upload?: { name: string; by: string } }
  | { why: 'foreign_origin'; path: string };

interface OfPerson {
  personId: number;
}

interface Move extends OfPerson {
  fromState: PersonState;
  toState: PersonState;
  /** Null: the sentence says it all. */
  reason: ReasonCode | null;
  /** What the sentence is made from; it is kept with the data. */
  said?: Said | undefined;
}

/** What was decided for many people at once: told once, by the event of the first of them. */
export interface BulkFacts {
  /** The list whose people they were, as search parameters; null: they were chosen one by one. */
  matching: string | null;
  /** How many people it was asked for. */
  asked: number;
  /** Who was left alone, and why, in words; of many the first. */
  refused: readonly { id: number; why: string }[];
}

interface Decided extends Move {
  data?: { bulk: BulkFacts };
}

/** What a file did to a person; `runId` is that of the cycle that imported it. */
interface ByFile extends OfPerson {
  runId: string | null;
}

interface OfUpload<Data = unknown> {
  data: { draftId: string; name: string } & Data;
}

/** A row of a file, by the names that a reader knows. */
interface NamedRow {
  file: string;
  line: number;
}

/** What an operator took out. `name`: of the file, the run or the table; null: there is only one. */
export interface Exported {
  what: 'people' | 'history' | 'evidence' | 'trends' | 'original' | 'results' | 'runLog';
  name: string | null;
}

/** What an operator corrected in an upload: one cell or row, alike rows, or which column means what. */
export type DraftChange =
  | { line: number; at: number | null; before: string | null; after: string | null }
  | { corrected: readonly { line: number; at: number | null; to: string }[] }
  | { before: Record<string, number | null>; after: Record<string, number | null> };

interface OfMapping<Data> {
  data: { employeeType: string; before: MappingFacts | null; after: MappingFacts | null } & Data;
}

interface Payloads {
  'person.changed': ByFile & { data: { changes: RecordChange[]; row: NamedRow } };
  /** A move where it brings the person back into the queue. */
  'person.dropped_again': (ByFile & { data: { row: NamedRow; isHeld: boolean } }) | (ByFile & Move);
  /** A row that disagrees with what was known: the person is held until somebody chooses. */
  'person.disputed': ByFile & Move;
  'person.row_chosen': Move & { data: { fileId: string; line: number; changes: readonly RecordChange[] } };
  'person.moved': Move & { runId: string; data: { written: Written[] } | null };
  /** The engine asked Microsoft 365 to do again what did not work. */
  'person.asked_again': OfPerson & { runId: string; data: { healing: string; answer: string; why: string | null } };
  'person.retried': Decided;
  'person.license_now': Decided;
  'person.license_anyway': Decided;
  /** An operator answered a question about a licence. */
  'person.choice_made': Decided;
  'person.approved': Decided;
  'person.rejected': Decided;
  'person.dismissed': Decided;
  'person.dismissal_undone': Move;
  'person.reopened': Decided;
  /** `location`: where only that was set, and perhaps of many people at once. */
  'person.edited': Move & {
    data: { changes: readonly RecordChange[]; location?: string; why?: string; bulk?: BulkFacts };
  };
  'person.noted': OfPerson;
  'person.assigned': OfPerson;
  'person.unassigned': OfPerson;
  /** `rows`: as they were read; `grown`: the file went on after it had been imported, sizes in bytes. */
  'file.accepted': {
    runId: string | null;
    data: { fileId: string } & (
      | { rows: { accepted: number; duplicates: number; unchanged: number; rejected: number } }
      | { grown: { from: number; to: number } }
    );
  };
  'file.rejected': {
    runId: string | null;
    data: { fileId: string; problem: Sentence & { line: number; column: number | null; signature?: string } };
  };
  /** `again`: it came once more, in an upload. */
  'row.corrected': OfPerson & {
    data: { fileId: string; file: string; line: number; changes: readonly RecordChange[]; again?: NamedRow };
  };
  /** One row, some rows of a file or, without lines, the file that was refused whole. */
  'row.closed': { data: { fileId: string; lines: readonly number[]; why: string } };
  'row.reopened': { data: { fileId: string; lines: readonly number[] } };
  'draft.created': OfUpload;
  'draft.changed': OfUpload<DraftChange>;
  'draft.imported': OfUpload<{ fileId: string; previewRunId: string | null; corrections: number }>;
  'draft.discarded': OfUpload;
  'run.requested': {
    runId: string;
    data:
      | { dryRun: boolean; checkAll: boolean }
      | { of: { runId: string } | { fileId: string }; kind: string; mapping: 'now' | 'then'; people: number };
  };
  'run.cancelled': { runId: string; reason: RunReason; data: { hadStarted: boolean } };
  'mapping.published': OfMapping<{ released: number; version: number }>;
  'mapping.retired': OfMapping<{ people: { attention: number; waiting: number; held: number; licensed: number } }>;
  'start.planned': { data: { before: null; after: PlannedFacts } };
  'start.unplanned': { data: { before: PlannedFacts; after: null } };
  'settings.changed': { data: { name: string; before: unknown; after: unknown } };
  /** Microsoft 365 is asked why this name has no mailbox. */
  'diagnosis.requested': Partial<OfPerson> & { data: { userPrincipalName: string } };
  'setup.tested': { data: { checkId: string } };
  'mail.tested': { data?: { recipients: readonly string[] } };
  'clock.set_back': { data: { byMs: number; checks: number } };
  /** Retention began to remove what was recorded before a time (ms); `setBy`: whose setting that is. */
  'history.removed': { data: { until: number; years: number; setBy: string | null } };
  /** It was deleted under the running server, which still held it. */
  'database.put_back': { data: { file: string } };
  'backup.restored': { data: { file: string; madeAt: number } };
  'operator.signed_in': { data: { role: string | null } };
  /** The sign-in of an account that is not let in. */
  'operator.denied': { data: Denial & { email: string } };
  'operator.signed_out': { data: { sessions: number } };
  'operator.role_changed': { data: { before: string | null; after: string | null } };
  /** A session that ended otherwise than by signing out of it: by itself, or by an Admin. */
  'session.ended': {
    data: { operatorKey: string; name: string; why: SessionEnd | 'by_admin' | 'replaced'; limits: SessionLimits };
  };
  'action.refused': { data: Denied };
  'data.exported': { data: Exported };
}

export type EventKind = keyof Payloads;

/** Kinds that only earlier versions wrote; databases still have them. */
export type EarlierEventKind = 'person.accepted';

type EventOf<Kind extends EventKind> = { kind: Kind; at: number; actor: Actor; message: string } & Payloads[Kind];

/** An event as it is recorded. */
export type NewEvent = { [Kind in EventKind]: EventOf<Kind> }[EventKind];

type BesideMove<Recorded> = Recorded extends Move
  ? Omit<Recorded, keyof Move | 'at' | 'message'> & Partial<Pick<Move, 'reason'>> & { message?: string }
  : never;

/** What an event adds to the state change it records; reason and sentence default to the person's. */
export type MoveEvent = BesideMove<NewEvent>;
