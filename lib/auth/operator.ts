/** The operator behind a request, from the session cookie. Every page and route handler asks here for itself. */

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { cache } from 'react';
import { z } from 'zod';
import { readServerEnv, type ServerEnv } from '#lib/env.ts';
import {
  DEMO_TENANT_ID,
  SESSION_SECONDS,
  type SignedIn,
  sameOriginOr,
  sessionCookie,
  signedInSchema,
} from './options.ts';
import { can, type Permission, type Role } from './roles.ts';
import { sessionSecret } from './session-secret.ts';

export interface Operator {
  /** `tenant id/object id`: stays the same whatever the person is called. */
  key: string;
  name: string;
  email: string;
  role: Role;
}

export type Visitor =
  | { kind: 'anonymous' }
  /** Signed in, but the tenant gave the person no role of this app. */
  | { kind: 'no_role'; name: string; email: string }
  | { kind: 'operator'; operator: Operator };

const sessionSchema = z.object({ signedIn: signedInSchema });

/** Evaluates a session cookie. A session of another tenant (or of the demo) does not count, and none outlives eight hours. */
export function visitorOf(session: unknown, tenantId: string, now: number): Visitor {
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) return { kind: 'anonymous' };
  const { signedIn } = parsed.data;
  const isStale = now - signedIn.signedInAt > SESSION_SECONDS * 1000;
  if (isStale || signedIn.tenantId !== tenantId) return { kind: 'anonymous' };
  const { name, email, role } = signedIn;
  return role
    ? { kind: 'operator', operator: { key: keyOf(signedIn), name, email, role } }
    : { kind: 'no_role', name, email };
}

function keyOf({ tenantId, objectId }: SignedIn): string {
  return `${tenantId}/${objectId}`;
}

/** Who is asking. Only within a request; layout and page of one request read the cookie once. */
export const currentVisitor = cache(async (): Promise<Visitor> => {
  const env = readServerEnv();
  const tenantId = env.signIn?.tenantId.toLowerCase() ?? DEMO_TENANT_ID;
  return visitorOf(await readCookie(env), tenantId, Date.now());
});

/** What the session cookie holds; null where there is none or it is not ours. `getServerSession` would also write a new one that a page cannot send. */
async function readCookie(env: ServerEnv) {
  // Without headers: the cookie is the only way in.
  const req = { cookies: await cookies(), headers: new Headers() } as unknown as NextRequest;
  return getToken({ req, secret: sessionSecret(env), cookieName: sessionCookie(env) });
}

/** The operator who is asking; null for anyone else. For route handlers: the services refuse null. */
export async function currentOperator(): Promise<Operator | null> {
  const visitor = await currentVisitor();
  return visitor.kind === 'operator' ? visitor.operator : null;
}

/**
 * For pages: the operator if it holds `permission`; else the request ends in a redirect, to sign-in (and back to `returnTo`, a path
 * of this app) or to the page that says who can help.
 */
export async function requireOperator(permission: Permission, returnTo: string): Promise<Operator> {
  const visitor = await currentVisitor();
  if (visitor.kind === 'anonymous') redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  if (visitor.kind === 'no_role') redirect('/no-access');
  if (!can(visitor.operator.role, permission)) redirect(`/no-access?needs=${encodeURIComponent(permission)}`);
  return visitor.operator;
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
