/** Sessions for the web: operators see and end their own, an Admin everybody's. */
import { z } from 'zod';
import {
  endSession as end,
  endExpired,
  listSessions as list,
  readSession,
  type SessionRow,
  sessionLimits,
  signOutEverywhere as signOutOfAll,
  signOutSession,
} from '#db/store/sessions/sessions.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import type { SessionLimits } from '#lib/domain/sessions.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';

export interface SessionItem {
  id: string;
  name: string;
  email: string;
  /** Null: no role of this app. */
  role: string | null;
  signedInAt: number;
  lastSeenAt: number;
  /** Empty where it is not known. */
  address: string;
  userAgent: string;
  isOwn: boolean;
  /** The session that asks. */
  isThisOne: boolean;
}

export interface SessionList {
  items: SessionItem[];
  limits: SessionLimits;
}

const listInput = z.object({ current: z.string().nullable().default(null) });
const endInput = z.strictObject({ id: z.string().min(1).max(100) });

function toItem(row: SessionRow, operator: Operator, current: string | null): SessionItem {
  const { id, name, email, role, signedInAt, lastSeenAt, address, userAgent } = row;
  const isOwn = row.operatorKey === operator.key;
  return { id, name, email, role, signedInAt, lastSeenAt, address, userAgent, isOwn, isThisOne: id === current };
}

/** Who is signed in, who did something last first: an operator’s own sessions; for an Admin everybody’s. `input`: `{ current }`, the session that asks. */
export function listSessions(operator: Operator | null, input: unknown): SessionList {
  authorise(operator, 'sessions:own');
  const { current } = parseInput(listInput, input);
  const maySeeAll = can(operator.role, 'sessions:manage');
  return database().transaction(
    (tx) => {
      endExpired(tx, Date.now());
      const items = list(tx).map((row) => toItem(row, operator, current));
      return { items: items.filter(({ isOwn }) => isOwn || maySeeAll), limits: sessionLimits(tx) };
    },
    { behavior: 'immediate' },
  );
}

/** Ends one session: one’s own, or as an Admin anybody’s. `input`: `{ id }`. Throws `forbidden`, and `not_found` where it has ended. */
export function endSession(operator: Operator | null, input: unknown): void {
  authorise(operator, 'sessions:own');
  const { id } = parseInput(endInput, input);
  database().transaction(
    (tx) => {
      const session = readSession(tx, id);
      const isOwn = session?.operatorKey === operator.key;
      if (!isOwn) authorise(operator, 'sessions:manage');
      const now = Date.now();
      const ended = isOwn ? signOutSession(tx, id, now) : end(tx, id, { by: operator, why: 'by_admin' }, now);
      if (!ended) throw new ServiceError('not_found', ['sessionEnded']);
    },
    { behavior: 'immediate' },
  );
}

/** Ends every session of the operator. Gives how many there were. */
export function signOutEverywhere(operator: Operator | null): { sessions: number } {
  authorise(operator, 'sessions:own');
  const sessions = database().transaction((tx) => signOutOfAll(tx, operator, Date.now()), { behavior: 'immediate' });
  return { sessions };
}

/** Ends every session of whoever a session belongs to. `input`: `{ id }`. Throws `not_found` where that has ended. */
export function endSessionsOf(operator: Operator | null, input: unknown): { sessions: number } {
  authorise(operator, 'sessions:manage');
  const { id } = parseInput(endInput, input);
  return database().transaction(
    (tx) => {
      const session = readSession(tx, id);
      if (!session) throw new ServiceError('not_found', ['sessionEnded']);
      const theirs = list(tx).filter(({ operatorKey }) => operatorKey === session.operatorKey);
      for (const one of theirs) end(tx, one.id, { by: operator, why: 'by_admin' }, Date.now());
      return { sessions: theirs.length };
    },
    { behavior: 'immediate' },
  );
}

/** Somebody is at it: the request itself says so, and keeps the session from ending for want of it. */
export function stayActive(operator: Operator | null): void {
  authorise(operator, 'sessions:own');
}
