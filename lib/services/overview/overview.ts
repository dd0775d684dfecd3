/** The home page: who needs a human and why, who waits for what, how the engine is doing, and how many seats are left. */
import type { Tx } from '#db/client.ts';
import { roomProblem } from '#db/room.ts';
import { countFiles } from '#db/store/files/files-read.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { casesOf, countSince, stepDurations } from '#db/store/people/cases-read.ts';
import { countByState, peopleGroups, totalPeople } from '#db/store/people/people-counts.ts';
import { countAssigned } from '#db/store/people/people-list.ts';
import { lastEndedRun, lastIntakeRun, openRun } from '#db/store/runs/runs-read.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { undeliveredMailsSince } from '#db/store/system/health-read.ts';
import { readOtherFiles, readQuarantine, readSchedulerState, readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { otherFilesSentence } from '#lib/domain/other-files.ts';
import { HUMAN_STATES, type PersonState, WAITING_STATES } from '#lib/domain/states.ts';
import { dayAt, dayStart } from '#lib/domain/time/days.ts';
import { type UsualTime, usualTime } from '#lib/domain/time/usual-time.ts';
import { readEnv } from '#lib/env.ts';
import { forwardState } from '#lib/log-forward/forwarder.ts';
import { scannerProblem } from '#lib/scan/scanner.ts';
import { nextCycleTimes } from '#lib/schedule/maintenance.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { everyState } from '#lib/services/http/listing.ts';
import { readSeats } from '#lib/services/mappings/seats.ts';
import { checkTimes } from '#lib/services/people/next-check.ts';
import { type OpenCases, openCases } from '#lib/services/row-cases/open-cases.ts';
import { runInWords } from '#lib/services/runs/run-item.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { Say } from '#lib/words/say.ts';
import { type SentenceInWords, sentenceIn } from '#lib/words/sentences.ts';
import { BY_TYPE, type CaseGroup, groupCases } from './cases.ts';
import { type CycleGlance, cycleGlances } from './cycles.ts';

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

/** A problem; `href` leads to details. */
export interface HealthNote {
  code:
    | 'graph'
    | 'share'
    | 'other_files'
    | 'last_run'
    | 'scheduler'
    | 'paused'
    | 'uncertain_mail'
    | 'failed_mail'
    | 'backup'
    | 'log_forward'
    | 'scanner';
  message: string;
  lang?: SentenceInWords['lang'];
  href: string | null;
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

const DAY_MS = 24 * 3_600_000;
/** Undelivered mails are reported for this long. */
const RECENT_MS = 7 * DAY_MS;
/** The scheduler ticks once a minute. */
const TICK_LIMIT_MS = 3 * 60_000;

function glance(run: ReturnType<typeof lastEndedRun>, language: Language): RunGlance | null {
  if (!run) return null;
  const { id, number, status, startedAt, finishedAt, peopleDue, peopleDone, cancelRequestedBy } = run;
  const told = runInWords(language, run);
  return { id, number, status, startedAt, finishedAt, peopleDue, peopleDone, cancelRequestedBy, ...told };
}

/** People who wait as queued, although their licence was sent before Microsoft 365 failed. */
function withUnconfirmed(db: Tx, text: string, say: Say<Words['health']>): string {
  const n = totalPeople(peopleGroups(db, { reason: 'readback_pending' }));
  return n === 0 ? text : say('unconfirmed', { text, n });
}

function healthNotes(now: number, last: RunGlance | null, paused: boolean, language: Language): HealthNote[] {
  const say = sayIn(language, 'health');
  const db = database();
  const notes: HealthNote[] = [];
  const quarantine = readQuarantine(db);
  if (quarantine) {
    const { message, lang } = sentenceIn(language, quarantine);
    notes.push({ code: 'graph', message: withUnconfirmed(db, message, say), lang, href: '/runs' });
  }
  if (!quarantine && last && last.status !== 'completed')
    notes.push({
      code: 'last_run',
      message: last.message ?? say('lastRun'),
      lang: last.lang,
      href: `/runs/${last.id}`,
    });
  const schedulerState = readSchedulerState(db);
  // Where nothing can be stored, no tick is either: the frame says why.
  if (roomProblem() === null && (!schedulerState || now - schedulerState.lastTickAt > TICK_LIMIT_MS))
    notes.push({
      code: 'scheduler',
      message: say('scheduler'),
      href: null,
    });
  const intake = lastIntakeRun(db);
  const [warning] = intake ? runInWords(language, intake).warnings : [];
  if (intake && warning) notes.push({ code: 'share', ...warning, href: `/runs/${intake.id}` });
  const others = otherFilesSentence(readOtherFiles(db)?.files ?? [], now);
  if (others)
    notes.push({ code: 'other_files', ...sentenceIn(language, others), href: '/help/administrators#drop-folder' });
  if (paused) notes.push({ code: 'paused', message: say('paused'), href: '/settings' });
  const { uncertain, failed } = undeliveredMailsSince(db, now - RECENT_MS);
  if (uncertain > 0)
    notes.push({
      code: 'uncertain_mail',
      message: say('uncertainMail', { n: uncertain }),
      href: '/mail?status=uncertain',
    });
  if (failed > 0)
    notes.push({
      code: 'failed_mail',
      message: say('failedMail', { n: failed }),
      href: '/mail?status=failed',
    });
  const { problem } = readBackupState(db);
  if (problem) notes.push({ code: 'backup', message: say('backup', { problem: problem.message }), href: '/settings' });
  const scanner = readEnv().scanner && scannerProblem();
  if (scanner)
    notes.push({
      code: 'scanner',
      message: say('scanner', { problem: scanner.message }),
      href: '/help/administrators#security',
    });
  const forwarding = forwardNote(say);
  if (forwarding) notes.push(forwarding);
  return notes;
}

function forwardNote(say: Say<Words['health']>): HealthNote | null {
  const state = forwardState();
  if (!state?.problem) return null;
  const { target, problem, waiting: n, lost } = state;
  const told = { target, problem: problem.message, n };
  const message = lost > 0 ? say('logForwardLost', { ...told, lost }) : say('logForward', told);
  return { code: 'log_forward', message, href: '/help/administrators#security' };
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

/** Everything the home page shows; problems are said in the language. */
export function readOverview(operator: Operator | null, language: Language = 'en'): Overview {
  authorise(operator, 'people:read');
  const db = database();
  const now = Date.now();
  const settings = readSettings(db, readEnv());
  const durations = stepDurations(db);
  const cases = groupCases(casesOf(db, [...HUMAN_STATES, ...WAITING_STATES], BY_TYPE));
  const byState = everyState(countByState(db));
  const last = glance(lastEndedRun(db), language);
  const everybody = Object.values(byState).reduce((sum, n) => sum + n, 0);
  const checkStarts = checkTimes(db, now);
  const midnight = dayStart(dayAt(now, settings.timeZone), settings.timeZone);
  return {
    firstSteps: everybody === 0 ? firstSteps(db, operator, settings.dropFolder) : null,
    byState,
    everybody,
    needsHuman: cases.filter(({ needsHuman }) => needsHuman),
    stayedOut: openCases(db, language),
    waiting: cases
      .filter(({ needsHuman }) => !needsHuman)
      .map((group) => ({ ...group, checkStartsAt: checkStarts(group) })),
    openedToday: countSince(db, 'provisioned', midnight),
    usual: WAITING_STATES.flatMap((state) => usualTime(state, durations) ?? []),
    mine: countAssigned(db, operator.key),
    openRun: glance(openRun(db), language),
    lastRun: last,
    cycles: cycleGlances(db),
    nextRunAt: settings.paused ? null : (nextCycleTimes(settings, now, 1)[0] ?? null),
    lastBackupAt: readBackupState(db).lastGood?.at ?? null,
    seats: seatsWithMailbox(db),
    health: healthNotes(now, last, settings.paused, language),
  };
}
