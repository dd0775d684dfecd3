/** The set-up test's view of Graph: who we are there, what we may do, and whether the calls a cycle needs are answered. Reads only. */
import { z } from 'zod';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import type { GraphTransport } from '#lib/graph/http/transport.ts';
import { faultOf, organizationSchema, subscribedSkusSchema, toSubscribedSkus } from '#lib/graph/http/wire.ts';

/** How Graph answered one request. `refused`: 403, a permission is missing. */
export type Probe =
  | { kind: 'answered' }
  | { kind: 'refused'; why: string }
  | { kind: 'nothing_there'; why: string }
  | { kind: 'unclear'; why: string };

export interface Inspection {
  /** Application permissions named in the access token; null where it cannot be read. */
  roles: string[] | null;
  tenantName: string | null;
  organisation: Probe;
  skus: SubscribedSku[] | null;
  licences: Probe;
  users: Probe;
  /** Null where there was nobody to test with. */
  mailbox: Probe | null;
  /** The mailbox that reports are sent from; null where none is set. */
  sender: Probe | null;
}

export interface Inspect {
  /** A person whose mailbox is known to answer; null: the first user of the tenant. */
  mailboxOf: string | null;
  sender: string | null;
}

const claimsSchema = z.object({ roles: z.array(z.string()) });

/** The `roles` claim of an access token; null for a token we cannot read. */
export function rolesOf(token: string): string[] | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return claimsSchema.parse(JSON.parse(payload)).roles;
  } catch {
    return null;
  }
}

async function probe(transport: GraphTransport, path: string): Promise<{ probe: Probe; body: unknown }> {
  const answer = await transport.send('GET', path);
  if (answer.kind === 'lost')
    return { probe: { kind: 'unclear', why: silence('noneBecause', answer.why) }, body: null };
  const { status, body } = answer;
  if (status === 200) return { probe: { kind: 'answered' }, body };
  const { code, message } = faultOf(status, body);
  const why = `${status} ${code}: ${message}`.trim();
  if (status === 403) return { probe: { kind: 'refused', why }, body: null };
  return { probe: { kind: status === 404 ? 'nothing_there' : 'unclear', why }, body: null };
}

async function probeMailbox(transport: GraphTransport, who: string | null): Promise<Probe | null> {
  if (who === null) return null;
  return (await probe(transport, `/users/${encodeURIComponent(who)}/mailboxSettings?$select=userPurpose`)).probe;
}

const firstUserSchema = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Signs in with a new token, so that a permission granted a minute ago counts. Throws `DirectoryError` where sign-in fails. */
export async function inspectTenant(transport: GraphTransport, { mailboxOf, sender }: Inspect): Promise<Inspection> {
  const roles = rolesOf(await transport.refreshToken());
  const [organisation, licences, users] = await Promise.all([
    probe(transport, '/organization?$select=id,displayName'),
    probe(transport, '/subscribedSkus'),
    probe(transport, '/users?$select=id&$top=1'),
  ]);
  const skus = subscribedSkusSchema.safeParse(licences.body).data;
  const user = mailboxOf ?? firstUserSchema.safeParse(users.body).data?.value[0]?.id ?? null;
  const [mailbox, senderMailbox] = [
    await probeMailbox(transport, user),
    await probeMailbox(transport, sender === '' ? null : sender),
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
