/** The report of a run as a mail: what changed and who needs a human, or nothing where there is no news. Pure. */
import { type Sentence, sentenceSchema } from '#lib/domain/sentences/sentence.ts';
import type { MailLanguage } from '#lib/domain/settings.ts';
import { HUMAN_STATES, type PersonState } from '#lib/domain/states.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import { reasonsIn } from '#lib/words/reasons.ts';
import type { Say } from '#lib/words/say.ts';
import { sentenceIn } from '#lib/words/sentences.ts';
import { type Page, renderHtml, renderText, type Section } from './render.ts';

/** This many people are named in a mail; the others are counted. */
export const PEOPLE_SHOWN = 50;

export interface ReportedPerson {
  id: number;
  /** Empty: not known. */
  displayName: string;
  userPrincipalName: string;
  reason: string;
  message: string;
  /** What the message is made from, as it is stored; null: its reason says it all, or it is not known. */
  said: unknown;
}

/** So many rows that stayed out are named in a mail; the others are counted. */
export const ROWS_SHOWN = 50;

interface ReportedRow {
  /** Of its case. */
  id: number;
  /** Its UserPrincipalName, otherwise file and line. */
  name: string;
  problem: Sentence;
}

export interface ReportedFile {
  name: string;
  status: 'importing' | 'accepted' | 'rejected';
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Why the whole file was rejected; null where it was not. */
  problem: Sentence | null;
}

export interface ReportInput {
  language: MailLanguage;
  run: {
    id: string;
    number: number;
    trigger: 'schedule' | 'watch' | 'operator' | 'command_line';
    status: 'completed' | 'stopped' | 'failed' | 'interrupted' | 'queued' | 'running';
    reason: string | null;
    message: string | null;
    /** What the message is made from, as it is stored; null: not known. */
    said: unknown;
    startedAt: number | null;
    finishedAt: number | null;
  };
  /** False where the run completed, or ended like the one before: operators know that already. */
  endIsNews: boolean;
  /** How many people reached each state. */
  arrivals: Partial<Record<PersonState, number>>;
  /** People who newly need somebody; `PEOPLE_SHOWN` of them are enough. */
  needHuman: readonly ReportedPerson[];
  files: readonly ReportedFile[];
  /** Rows that stayed out of these files, and files refused whole; `ROWS_SHOWN` of them are enough. */
  rows: readonly ReportedRow[];
  /** A signed note of how far the history has come; null: there is none. */
  checkpoint: string | null;
  /** Address of the app for links, without a trailing slash; empty: no links. */
  publicUrl: string;
}

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

type Counted =
  | 'provisioned'
  | 'alreadyProvisioned'
  | 'licensed'
  | 'needAttention'
  | 'held'
  | 'filesRejected'
  | 'rowsRejected'
  | 'waitForSync'
  | 'waitForStart'
  | 'waitForSeat';
type SayReport = Say<Words['report']>;

const counted = (say: SayReport, n: number, key: Counted) => (n === 0 ? [] : [say(key, { n })]);

/** What happened, counted, the most urgent first in its group; empty where nothing did. */
function headlines({ arrivals, files, run, endIsNews, language }: ReportInput): string[] {
  const say = sayIn(language, 'report');
  const rejectedFiles = files.filter(({ status }) => status === 'rejected').length;
  const rejectedRows = files.reduce((sum, { status, rejected }) => sum + (status === 'accepted' ? rejected : 0), 0);
  const reason = run.reason === null ? say('noReason') : reasonsIn(language).runTitle(run.reason);
  return [
    ...(endIsNews ? [say(`run.${run.status}`, { reason })] : []),
    ...counted(say, arrivals.provisioned ?? 0, 'provisioned'),
    ...counted(say, arrivals.already_provisioned ?? 0, 'alreadyProvisioned'),
    ...counted(say, arrivals.awaiting_mailbox ?? 0, 'licensed'),
    ...counted(say, arrivals.needs_attention ?? 0, 'needAttention'),
    ...counted(say, arrivals.held ?? 0, 'held'),
    ...counted(say, arrivals.awaiting_seat ?? 0, 'waitForSeat'),
    ...counted(say, rejectedFiles, 'filesRejected'),
    ...counted(say, rejectedRows, 'rowsRejected'),
  ];
}

/** Scheduled mailbox watches run every few minutes: plain successes wait for the report of the next cycle. */
function isWorthAMail({ run, arrivals, endIsNews }: ReportInput): boolean {
  return run.trigger !== 'watch' || endIsNews || inNeed(arrivals) > 0;
}

/** How many of these people need somebody. */
function inNeed(arrivals: ReportInput['arrivals']): number {
  return HUMAN_STATES.reduce((sum, state) => sum + (arrivals[state] ?? 0), 0);
}

/** What the mail for a run says; null where there is no news. */
export function reportPage(input: ReportInput): Page | null {
  const news = headlines(input);
  if (news.length === 0) return null;
  const say = sayIn(input.language, 'report');
  return {
    language: input.language,
    title: say('title', { news: news.join(', ') }),
    summary: summaryOf(input),
    sections: [...peopleSections(input), ...rowSections(input), ...fileSections(input)],
    footer: { label: say('run', { number: input.run.number }), href: link(input, `runs/${input.run.id}`), rest: '' },
    // The mail leaves the machine: whoever keeps it can show later that nothing up to here was written anew.
    note: input.checkpoint === null ? null : { title: say('checkpoint'), text: input.checkpoint },
  };
}

/** The mail for a run; null where it has no news that an operator would want a mail for. */
export function composeReport(input: ReportInput): ComposedMail | null {
  const page = isWorthAMail(input) ? reportPage(input) : null;
  return page && { subject: page.title, text: renderText(page), html: renderHtml(page) };
}

function link({ publicUrl }: ReportInput, path: string): string | null {
  return /^https?:\/\//.test(publicUrl) ? `${publicUrl}/${path}` : null;
}

/** `2026-11-23 09:30`, `23.11.2026, 09:30`. */
function utcMinute(at: number, language: MailLanguage): string {
  if (language === 'en') return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at);
}

function summaryOf({ run, arrivals, endIsNews, language }: ReportInput): string {
  const say = sayIn(language, 'report');
  const waiting = [
    ...counted(say, arrivals.awaiting_sync ?? 0, 'waitForSync'),
    ...counted(say, arrivals.awaiting_start ?? 0, 'waitForStart'),
  ];
  const ended = sentenceSchema.parse({ message: run.message ?? '', said: run.said ?? undefined });
  return [
    endIsNews && run.message ? sentenceIn(language, ended).message : null,
    run.finishedAt === null ? null : say('asOf', { time: utcMinute(run.finishedAt, language) }),
    waiting.length === 0 ? null : say('alsoNew', { waiting: waiting.join(', ') }),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

/** People by cause, each cause with its fix once. */
function peopleSections(input: ReportInput): Section[] {
  const say = sayIn(input.language, 'report');
  const shown = input.needHuman.slice(0, PEOPLE_SHOWN);
  const total = inNeed(input.arrivals);
  const reasons = [...new Set(shown.map(({ reason }) => reason))];
  const sections = reasons.map((reason) =>
    causeSection(
      input,
      reason,
      shown.filter((person) => person.reason === reason),
    ),
  );
  if (total > shown.length)
    sections.push({ title: say('morePeople', { n: total - shown.length }), advice: null, lines: [] });
  return sections;
}

function causeSection(input: ReportInput, reason: string, people: readonly ReportedPerson[]): Section {
  const [say, sayReason] = [sayIn(input.language, 'report'), reasonsIn(input.language)];
  const fix = sayReason.fix(reason);
  const [first] = people;
  return {
    title: sayReason.title(reason),
    advice: fix && say('whatToDo', { advice: fix }),
    action:
      first && people.length === 1
        ? { label: say('openPerson'), href: link(input, `people/${first.id}`) }
        : {
            label: say('openPeople', { n: people.length }),
            href: link(input, `people?reason=${encodeURIComponent(reason)}`),
          },
    lines: people.map((person) => ({
      label:
        person.displayName === '' ? person.userPrincipalName : `${person.displayName} (${person.userPrincipalName})`,
      href: link(input, `people/${person.id}`),
      rest: sayReason.sentence(person).message,
    })),
  };
}

/** Rows that stayed out, each with what keeps it out. */
function rowSections(input: ReportInput): Section[] {
  const { rows, files, language } = input;
  if (rows.length === 0) return [];
  const say = sayIn(language, 'report');
  const total = files.reduce((sum, { status, rejected }) => sum + (status === 'rejected' ? 1 : rejected), 0);
  const lines = rows.map(({ id, name, problem }) => ({
    label: name,
    href: link(input, `rows/${id}`),
    rest: sentenceIn(language, problem).message,
  }));
  const advice = say('whatToDo', { advice: say('correctRows') });
  const section = { title: say('rowsLeftOut'), advice, lines };
  const left = total - rows.length;
  return left > 0 ? [section, { title: say('moreRows', { n: left }), advice: null, lines: [] }] : [section];
}

function fileSections({ files, language }: ReportInput): Section[] {
  if (files.length === 0) return [];
  const say = sayIn(language, 'report');
  const lines = files.map(({ name, status, problem, ...numbers }) => ({
    label: name,
    href: null,
    rest:
      status === 'rejected'
        ? say('fileRejected', { problem: problem ? sentenceIn(language, problem).message : say('unreadable') })
        : say(status === 'importing' ? 'fileSoFar' : 'fileRows', numbers),
  }));
  return [{ title: say('files'), advice: null, lines }];
}
