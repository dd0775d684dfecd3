/** The report of a run as a mail: what changed and who needs a human, or nothing where there is no news. Pure. */
import { describeReason, RUN_REASONS } from '#lib/domain/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
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
}

/** So many rows that stayed out are named in a mail; the others are counted. */
export const ROWS_SHOWN = 50;

interface ReportedRow {
  /** Of its case. */
  id: number;
  /** Its UserPrincipalName, otherwise file and line. */
  name: string;
  problem: string;
}

export interface ReportedFile {
  name: string;
  status: 'importing' | 'accepted' | 'rejected';
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Why the whole file was rejected; null where it was not. */
  problem: string | null;
}

export interface ReportInput {
  run: {
    id: string;
    number: number;
    trigger: 'schedule' | 'watch' | 'operator' | 'command_line';
    status: 'completed' | 'stopped' | 'failed' | 'interrupted' | 'queued' | 'running';
    reason: string | null;
    message: string | null;
    startedAt: number | null;
    finishedAt: number | null;
  };
  /** False where the run completed, or ended like the one before: operators know that already. */
  endIsNews: boolean;
  /** How many people reached each state. */
  arrivals: Partial<Record<PersonState, number>>;
  /** People who newly need a human; `PEOPLE_SHOWN` of them are enough. */
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

const count = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]);

/** What happened, counted, the most urgent first in its group; empty where nothing did. */
function headlines({ arrivals, files, run, endIsNews }: ReportInput): string[] {
  const rejectedFiles = files.filter(({ status }) => status === 'rejected').length;
  const rejectedRows = files.reduce((sum, { status, rejected }) => sum + (status === 'accepted' ? rejected : 0), 0);
  return [
    ...(endIsNews ? [`run ${run.status} (${reasonTitle(run.reason)})`] : []),
    ...count(arrivals.provisioned ?? 0, 'provisioned', 'provisioned'),
    ...count(arrivals.already_provisioned ?? 0, 'already provisioned', 'already provisioned'),
    ...count(arrivals.awaiting_mailbox ?? 0, 'licensed', 'licensed'),
    ...count(arrivals.needs_attention ?? 0, 'needs attention', 'need attention'),
    ...count(arrivals.held ?? 0, 'held', 'held'),
    ...count(rejectedFiles, 'file rejected', 'files rejected'),
    ...count(rejectedRows, 'row rejected', 'rows rejected'),
  ];
}

function reasonTitle(reason: string | null): string {
  const known = Object.entries(RUN_REASONS).find(([code]) => code === reason);
  return known?.[1] ?? reason ?? 'no reason given';
}

/** Scheduled mailbox watches run every few minutes: plain successes wait for the report of the next cycle. */
function isWorthAMail({ run, arrivals, endIsNews }: ReportInput): boolean {
  return run.trigger !== 'watch' || endIsNews || (arrivals.needs_attention ?? 0) > 0 || (arrivals.held ?? 0) > 0;
}

/** What the mail for a run says; null where there is no news. */
export function reportPage(input: ReportInput): Page | null {
  const news = headlines(input);
  if (news.length === 0) return null;
  return {
    title: `AutoProvision: ${news.join(', ')}`,
    summary: summaryOf(input),
    sections: [...peopleSections(input), ...rowSections(input), ...fileSections(input)],
    footer: { label: `Run ${input.run.number}`, href: link(input, `runs/${input.run.id}`), rest: '' },
    // The mail leaves the machine: whoever keeps it can show later that nothing up to here was written anew.
    note: input.checkpoint === null ? null : { title: 'Checkpoint of the history', text: input.checkpoint },
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

function utcMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function summaryOf({ run, arrivals, endIsNews }: ReportInput): string {
  const waiting = [
    ...count(arrivals.awaiting_sync ?? 0, 'waits for synchronisation', 'wait for synchronisation'),
    ...count(arrivals.awaiting_start ?? 0, 'waits for the start date', 'wait for the start date'),
    ...count(arrivals.awaiting_seat ?? 0, 'waits for a seat', 'wait for a seat'),
  ];
  return [
    endIsNews && run.message ? run.message : null,
    run.finishedAt === null ? null : `All that is new since the last report, as of ${utcMinute(run.finishedAt)}.`,
    waiting.length === 0 ? null : `Also new: ${waiting.join(', ')}; that continues by itself.`,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

/** People by cause, each cause with its fix once. */
function peopleSections(input: ReportInput): Section[] {
  const shown = input.needHuman.slice(0, PEOPLE_SHOWN);
  const total = (input.arrivals.needs_attention ?? 0) + (input.arrivals.held ?? 0);
  const reasons = [...new Set(shown.map(({ reason }) => reason))];
  const sections = reasons.map((reason): Section => {
    const { title, fix } = describeReason(reason);
    const people = shown.filter((person) => person.reason === reason);
    return {
      title,
      advice: fix,
      action: {
        label: people.length === 1 ? 'Open this person' : `Open these ${people.length} people`,
        href: link(
          input,
          people.length === 1 ? `people/${people[0]?.id}` : `people?reason=${encodeURIComponent(reason)}`,
        ),
      },
      lines: people.map(({ id, displayName, userPrincipalName, message }) => ({
        label: displayName === '' ? userPrincipalName : `${displayName} (${userPrincipalName})`,
        href: link(input, `people/${id}`),
        rest: message,
      })),
    };
  });
  if (total > shown.length)
    sections.push({ title: `… and ${total - shown.length} more people who need a human`, advice: null, lines: [] });
  return sections;
}

/** Rows that stayed out, each with what keeps it out. */
function rowSections(input: ReportInput): Section[] {
  const { rows, files } = input;
  if (rows.length === 0) return [];
  const total = files.reduce((sum, { status, rejected }) => sum + (status === 'rejected' ? 1 : rejected), 0);
  const lines = rows.map(({ id, name, problem }) => ({ label: name, href: link(input, `rows/${id}`), rest: problem }));
  const section = { title: 'Rows that stayed out', advice: 'Correct each, or close it with a reason.', lines };
  const left = total - rows.length;
  return left > 0
    ? [section, { title: `… and ${left} more rows that stayed out`, advice: null, lines: [] }]
    : [section];
}

function fileSections({ files }: ReportInput): Section[] {
  if (files.length === 0) return [];
  const lines = files.map(({ name, status, rows, accepted, duplicates, rejected, problem }) => ({
    label: name,
    href: null,
    rest:
      status === 'rejected'
        ? `rejected: ${problem ?? 'it could not be read'}`
        : `${rows} rows${status === 'importing' ? ' so far (the next run goes on)' : ''} = ${accepted} accepted + ${duplicates} duplicates + ${rejected} rejected`,
  }));
  return [{ title: 'Files', advice: null, lines }];
}
