/** What is wrong at the moment, as the overview lists it. No verb. */
import type { Tx } from '#db/client.ts';
import type { RoomProblem } from '#db/room.ts';
import { peopleGroups, totalPeople } from '#db/store/people/people-counts.ts';
import { lastIntakeRun } from '#db/store/runs/runs-read.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { readOtherFiles, readQuarantine, readSchedulerState } from '#db/store/system/engine-state.ts';
import { undeliveredMailsSince } from '#db/store/system/health-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { otherFilesSentence } from '#lib/domain/other-files.ts';
import { readEnv } from '#lib/env.ts';
import { forwardState } from '#lib/log-forward/forwarder.ts';
import { scannerProblem } from '#lib/scan/scanner.ts';
import { runInWords } from '#lib/services/runs/run-item.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { Say } from '#lib/words/say.ts';
import { type SentenceInWords, sentenceIn } from '#lib/words/sentences.ts';

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

/** The newest run that has ended, in words. */
interface LastRun {
  id: string;
  status: string;
  message: string | null;
  lang: SentenceInWords['lang'];
}

const DAY_MS = 24 * 3_600_000;
/** Undelivered mails are reported for this long. */
const RECENT_MS = 7 * DAY_MS;
/** The scheduler ticks once a minute. */
const TICK_LIMIT_MS = 3 * 60_000;

/** People who wait as queued, although their licence was sent before Microsoft 365 failed. */
function withUnconfirmed(db: Tx, text: string, say: Say<Words['health']>): string {
  const n = totalPeople(peopleGroups(db, { reason: 'readback_pending' }));
  return n === 0 ? text : say('unconfirmed', { text, n });
}

/** Problems that are stored, or were met in storing. */
export function storedNotes(
  db: Tx,
  now: number,
  last: LastRun | null,
  language: Language,
  room: RoomProblem | null,
): HealthNote[] {
  const say = sayIn(language, 'health');
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
  if (room === null && (!schedulerState || now - schedulerState.lastTickAt > TICK_LIMIT_MS))
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
  if (readSettings(db, readEnv()).paused) notes.push({ code: 'paused', message: say('paused'), href: '/settings' });
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
  return notes;
}

/** Problems that only this process knows. */
export function ownNotes(language: Language): HealthNote[] {
  const say = sayIn(language, 'health');
  const notes: HealthNote[] = [];
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
