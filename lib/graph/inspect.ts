/** What a test of the set-up asks Graph: who we are there, what we may do, and whether the calls that a cycle needs are answered. Reads only. */
import { z } from 'zod';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { GraphTransport } from './transport.ts';
import { faultOf, organizationSchema, subscribedSkusSchema, toSubscribedSkus } from './wire.ts';

/** How Graph took one question. `refused`: 403, a permission is missing. */
export type Probe =
  | { kind: 'answered' }
  | { kind: 'refused'; why: string }
  | { kind: 'nothing_there'; why: string }
  | { kind: 'unclear'; why: string };

export interface Inspection {
  /** Application permissions as the access token names them; null where it cannot be read. */
  roles: string[] | null;
  tenantName: string | null;
  organisation: Probe;
  skus: SubscribedSku[] | null;
  licences: Probe;
  users: Probe;
  /** Null where nobody could be asked about. */
  mailbox: Probe | null;
  /** The mailbox that reports come from; null where none is set. */
  sender: Probe | null;
}

export interface Inspect {
  /** Somebody whose mailbox is known to answer; null: whoever the tenant names first. */
  mailboxOf: string | null;
  sender: string | null;
}

const claimsSchema = z.object({ roles: z.array(z.string()) });

/** The `roles` claim of an access token; null for a token that is none of ours to read. */
export function rolesOf(token: string): string[] | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return claimsSchema.parse(JSON.parse(payload)).roles;
  } catch {
    return null;
  }
}

async function ask(transport: GraphTransport, path: string): Promise<{ probe: Probe; body: unknown }> {
  const answer = await transport.send('GET', path);
  if (answer.kind === 'lost') return { probe: { kind: 'unclear', why: `no answer: ${answer.why}` }, body: null };
  const { status, body } = answer;
  if (status === 200) return { probe: { kind: 'answered' }, body };
  const { code, message } = faultOf(status, body);
  const why = `${status} ${code}: ${message}`.trim();
  if (status === 403) return { probe: { kind: 'refused', why }, body: null };
  return { probe: { kind: status === 404 ? 'nothing_there' : 'unclear', why }, body: null };
}

async function askMailbox(transport: GraphTransport, who: string | null): Promise<Probe | null> {
  if (who === null) return null;
  return (await ask(transport, `/users/${encodeURIComponent(who)}/mailboxSettings?$select=userPurpose`)).probe;
}

const firstUserSchema = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Asks with a token fetched anew, so that a permission granted a minute ago counts. Throws `DirectoryError` where sign-in fails. */
export async function inspectTenant(transport: GraphTransport, { mailboxOf, sender }: Inspect): Promise<Inspection> {
  const roles = rolesOf(await transport.signInAfresh());
  const [organisation, licences, users] = await Promise.all([
    ask(transport, '/organization?$select=id,displayName'),
    ask(transport, '/subscribedSkus'),
    ask(transport, '/users?$select=id&$top=1'),
  ]);
  const skus = subscribedSkusSchema.safeParse(licences.body).data;
  const somebody = mailboxOf ?? firstUserSchema.safeParse(users.body).data?.value[0]?.id ?? null;
  const [mailbox, senderMailbox] = [
    await askMailbox(transport, somebody),
    await askMailbox(transport, sender === '' ? null : sender),
  ];
  return {
    roles,
    tenantName: organizationSchema.safeParse(organisation.body).data?.value[0]?.displayName ?? null,
    organisation: organisation.probe,
    skus: skus ? toSubscribedSkus(skus) : null,
    licences: licences.probe,
    users: users.probe,
    mailbox,
    sender: senderMailbox,
  };
}
