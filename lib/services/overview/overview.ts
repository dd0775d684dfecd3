/** The home page: who needs a human and why, who waits for what, how the engine is doing, and how many seats are left. */
import type { Tx } from '#db/client.ts';
import { type RoomProblem, roomProblem } from '#db/room.ts';
import { countFiles } from '#db/store/files/files-read.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { casesOf, countSince, stepDurations } from '#db/store/people/cases-read.ts';
import { countByState } from '#db/store/people/people-counts.ts';
import { countAssigned } from '#db/store/people/people-list.ts';
import { lastEndedRun, openRun } from '#db/store/runs/runs-read.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { HUMAN_STATES, PATIENT_STATES, type PersonState } from '#lib/domain/states.ts';
import { dayAt, dayStart } from '#lib/domain/time/days.ts';
import { type UsualTime, usualTime } from '#lib/domain/time/usual-time.ts';
import { readEnv } from '#lib/env.ts';
import { nextCycleTimes } from '#lib/schedule/maintenance.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { keptUntilWritten } from '#lib/services/http/kept.ts';
import { everyState } from '#lib/services/http/listing.ts';
import { readSeats } from '#lib/services/mappings/seats.ts';
import { checkTimes } from '#lib/services/people/next-check.ts';
import { type OpenCases, openCases } from '#lib/services/row-cases/open-cases.ts';
import { runInWords } from '#lib/services/runs/run-item.ts';
import type { Language } from '#lib/words/languages.ts';
import type { SentenceInWords } from '#lib/words/sentences.ts';
import { BY_TYPE, type CaseGroup, groupCases } from './cases.ts';
import { type CycleGlance, cycleGlances } from './cycles.ts';
import { type HealthNote, ownNotes, storedNotes } from './health-notes.ts';

interface RunGlance {
  id: string;
  number: number;
  status: string;
  startedAt: number | null;
  finishedAt: number | null;
  peopleDue: number;
  peopleDone: number;
  message: string | null;
  cancelRequestedBy: string | null;
  lang: SentenceInWords['lang'];
  warnings: SentenceInWords[];
}

export interface Seats {
  skuPartNumber: string;
  name: string;
  enabled: number;
  consumed: number;
  free: number;
  /** People in our queue who need one. */
  promised: number;
  /** Free, and promised to nobody. */
  left: number;
  seenAt: number;
}

/** Of an installation that knows nobody yet: what is done, and where the first file goes. */
export interface FirstSteps {
  isConnected: boolean;
  isMapped: boolean;
  /** A file has arrived, even one that was refused. */
  hasFile: boolean;
  /** Null for whoever may not read settings. */
  dropFolder: string | null;
}

/** `checkStartsAt`: when the schedule checks the first of them; null: it is not planned, or the schedule is paused. */
export type WaitingGroup = CaseGroup & { checkStartsAt: number | null };

export interface Overview {
  /** Null once there is a person, or every step is done. */
  firstSteps: FirstSteps | null;
  byState: Record<PersonState, number>;
  everybody: number;
  needsHuman: CaseGroup[];
  /** Rows that stayed out, and files refused whole. */
  stayedOut: OpenCases;
  waiting: WaitingGroup[];
  /** Mailboxes that were seen to open since midnight, in the time zone of the schedule. */
  openedToday: number;
  /** How long the steps people wait for usually take here. */
  usual: UsualTime[];
  /** Cases this operator has taken. */
  mine: number;
  /** Running now, or about to start. */
  openRun: RunGlance | null;
  lastRun: RunGlance | null;
  cycles: CycleGlance[];
  /** The next scheduled time, ms UTC; null while paused. */
  nextRunAt: number | null;
  /** When the last backup was made that proved whole; null before the first. */
  lastBackupAt: number | null;
  seats: Seats[];
  health: HealthNote[];
}

function glance(run: ReturnType<typeof lastEndedRun>, language: Language): RunGlance | null {
  if (!run) return null;
  const { id, number, status, startedAt, finishedAt, peopleDue, peopleDone, cancelRequestedBy } = run;
  const told = runInWords(language, run);
  return { id, number, status, startedAt, finishedAt, peopleDue, peopleDone, cancelRequestedBy, ...told };
}

/** Of the licences that make a mailbox. */
function seatsWithMailbox(db: Tx): Seats[] {
  return readSeats(db)
    .filter(({ sku }) => sku.makesMailbox)
    .map(({ sku, seats: { bought, used, free, promised, left } }) => ({
      skuPartNumber: sku.skuPartNumber,
      name: licenceName(sku.skuPartNumber),
      enabled: bought,
      consumed: used,
      free,
      promised,
      left,
      seenAt: sku.seenAt,
    }));
}

function firstSteps(db: Tx, operator: Operator, dropFolder: string): FirstSteps | null {
  const isConnected = knownSkus(db).length > 0;
  const isMapped = mappingsInForce(db).size > 0;
  const hasFile = countFiles(db, null) > 0;
  if (isConnected && isMapped && hasFile) return null;
  return {
    isConnected,
    isMapped,
    hasFile,
    dropFolder: can(operator.role, 'settings:read') ? dropFolder : null,
  };
}

/** What changes only with the database, read at one moment. `midnight`: of today, in the time zone of the schedule. */
const storedFacts = keptUntilWritten((tx, now, language: Language, midnight: number, room: RoomProblem | null) => {
  const lastRun = glance(lastEndedRun(tx), language);
  const durations = stepDurations(tx);
  const cases = groupCases(casesOf(tx, [...HUMAN_STATES, ...PATIENT_STATES], BY_TYPE));
  const byState = everyState(countByState(tx));
  const checkStarts = checkTimes(tx, now);
  return {
    byState,
    everybody: Object.values(byState).reduce((sum, n) => sum + n, 0),
    needsHuman: cases.filter(({ needsHuman }) => needsHuman),
    stayedOut: openCases(tx, language),
    waiting: cases
      .filter(({ needsHuman }) => !needsHuman)
      .map((group) => ({ ...group, checkStartsAt: checkStarts(group) })),
    openedToday: countSince(tx, 'provisioned', midnight),
    usual: PATIENT_STATES.flatMap((state) => usualTime(state, durations) ?? []),
    openRun: glance(openRun(tx), language),
    lastRun,
    cycles: cycleGlances(tx),
    lastBackupAt: readBackupState(tx).lastGood?.at ?? null,
    seats: seatsWithMailbox(tx),
    health: storedNotes(tx, now, lastRun, language, room),
  };
});

/** Everything the home page shows; problems are said in the language. */
export function readOverview(operator: Operator | null, language: Language = 'en'): Overview {
  authorise(operator, 'people:read');
  const db = database();
  const now = Date.now();
  const settings = readSettings(db, readEnv());
  const facts = storedFacts(language, dayStart(dayAt(now, settings.timeZone), settings.timeZone), roomProblem());
  return {
    ...facts,
    firstSteps: facts.everybody === 0 ? firstSteps(db, operator, settings.dropFolder) : null,
    mine: countAssigned(db, operator.key),
    nextRunAt: settings.paused ? null : (nextCycleTimes(settings, now, 1)[0] ?? null),
    health: [...facts.health, ...ownNotes(language)],
  };
}
