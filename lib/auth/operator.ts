/** The operator behind a request, from the session cookie and its row. Every page and route handler asks here for itself. */

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { cache } from 'react';
import { sharedDatabase } from '#db/client.ts';
import { recordRefusal } from '#db/store/system/operators.ts';
import { readServerEnv } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { sameOriginOr, sessionCookie, type Visit } from './options.ts';
import { can, type Permission, weakestRole } from './roles.ts';
import { NOBODY, type Operator, type Session, sessionNow, sessionOf, type Visitor } from './session.ts';
import { sessionSecret } from './session-secret.ts';

export type { Operator, Visitor };

/** What the session cookie holds; null where there is none or it is not ours. `getServerSession` would also write a new one that a page cannot send. */
async function readCookie(): Promise<unknown> {
  const env = readServerEnv();
  // Without headers: the cookie is the only way in.
  const req = { cookies: await cookies(), headers: new Headers() } as unknown as NextRequest;
  return getToken({ req, secret: sessionSecret(env), cookieName: sessionCookie(env) });
}

/** What a page asks for by itself is no sign of a human: a navigation is, and so is a change. */
function isByHand(asked: Pick<Headers, 'get' | 'has'>): boolean {
  const mode = asked.get('sec-fetch-mode');
  return mode === null || mode === 'navigate' || asked.has('content-type');
}

/** The session of the request. Only within a request; layout and page of one request ask once. */
export const currentSession = cache(async (): Promise<Session> => {
  const cookie = await readCookie();
  return cookie === null ? NOBODY : sessionOf(cookie, { isByHand: isByHand(await headers()), now: Date.now() });
});

/** Who is asking. */
export async function currentVisitor(): Promise<Visitor> {
  return (await currentSession()).visitor;
}

/** The operator who is asking; null for anyone else. For route handlers: the services refuse null. */
export async function currentOperator(): Promise<Operator | null> {
  return operatorOf(await currentVisitor());
}

function operatorOf(visitor: Visitor): Operator | null {
  return visitor.kind === 'operator' ? visitor.operator : null;
}

/** For answers that go on after the request: gives, whenever it is called, who the operator is by then; null once the session has ended. */
export async function followOperator(): Promise<() => Operator | null> {
  const { id } = await currentSession();
  return () => (id === null ? null : operatorOf(sessionNow(id, Date.now())));
}

/** Where a request to sign in or out comes from. */
export async function currentVisit(): Promise<Visit> {
  const asked = await headers();
  return {
    address: asked.get('x-visitor-address') ?? '',
    userAgent: asked.get('user-agent')?.slice(0, 300) ?? '',
    sessionId: (await currentSession()).id,
  };
}

/**
 * For pages: the operator if it holds `permission`; else the request ends in a redirect, to sign-in (and back to `returnTo`, a path
 * of this app) or to the page that says who can help.
 */
export async function requireOperator(permission: Permission, returnTo: string): Promise<Operator> {
  const visitor = await currentVisitor();
  if (visitor.kind === 'anonymous') redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  if (visitor.kind === 'no_role') redirect('/no-access');
  const { operator } = visitor;
  if (can(operator.role, permission)) return operator;
  const role = weakestRole(permission);
  const message = `${operator.name} was refused the page ${returnTo}, which needs the role ${role}.`;
  const db = sharedDatabase(readServerEnv().databaseFile);
  if (recordRefusal(db, operator, { data: { permission, role, page: returnTo }, message }, Date.now()))
    log.warn({ operator: operator.key, permission }, 'an operator was refused something');
  redirect(`/no-access?needs=${encodeURIComponent(permission)}`);
}

/** The path of an address that lies within this app; `/` for any other. Nobody is sent elsewhere after sign-in. */
export function pathWithin(address: string): string {
  const { publicUrl } = readServerEnv();
  const { pathname, search } = new URL(sameOriginOr(publicUrl, address));
  // Two slashes at the start would name another host.
  return pathname.startsWith('//') ? '/' : `${pathname}${search}`;
}

/** The full address of a path of this app, which can be sent to a colleague. */
export function publicAddress(path: string): string {
  return new URL(path, readServerEnv().publicUrl).toString();
}

/** True in the demo, where a local sign-in offers the roles and every page says that nothing is real. */
export function isDemoTenant(): boolean {
  return readServerEnv().tenantMode === 'demo';
}
