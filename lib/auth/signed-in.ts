/** Who signed in: what an ID token of Entra ID, or a choice in the demo, says of a person. Pure. */
import { z } from 'zod';
import { ROLES, type Role, strongestRole } from './roles.ts';

/** Takes the place of the tenant id in the key of a demo operator. */
export const DEMO_TENANT_ID = 'demo';

export interface SignedIn {
  tenantId: string;
  objectId: string;
  name: string;
  email: string;
  /** Null where the tenant gave the person none of our roles. */
  role: Role | null;
}

/** The claims we need from an ID token of Entra ID. `oid` identifies a person within a tenant for good; names and addresses change. */
const entraClaimsSchema = z.object({
  tid: z.string().min(1),
  oid: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  preferred_username: z.string().optional(),
  roles: z.array(z.string()).optional(),
});

/** Entra ID names contexts as a list, and where there is one of them as a text. */
const contextsSchema = z.object({ acrs: z.union([z.array(z.string()), z.string().transform((one) => [one])]) });

const demoChoiceSchema = z.object({ role: z.enum(ROLES) });

/** `tenant id/object id`: stays the same whatever the person is called. */
export function keyOf({ tenantId, objectId }: Pick<SignedIn, 'tenantId' | 'objectId'>): string {
  return `${tenantId}/${objectId}`;
}

/** The person an ID token names, of whichever tenant; null where it names nobody. Signature, issuer and nonce have been verified before. */
export function personOf(claims: unknown): SignedIn | null {
  const parsed = entraClaimsSchema.safeParse(claims);
  if (!parsed.success) return null;
  const { tid, oid, name, email, preferred_username: userName, roles } = parsed.data;
  const address = email ?? userName ?? '';
  return {
    tenantId: tid.toLowerCase(),
    objectId: oid.toLowerCase(),
    name: name ?? (address || 'Unnamed operator'),
    email: address,
    role: strongestRole(roles ?? []),
  };
}

/** The `claims` parameter by which a token is asked for that satisfies the authentication context. */
export function claimsFor(authContext: string): string {
  return JSON.stringify({ id_token: { acrs: { essential: true, value: authContext } } });
}

/** Whether the sign-in satisfied the authentication context; a token that says nothing of it did not. */
export function satisfies(claims: unknown, authContext: string | null): boolean {
  if (authContext === null) return true;
  return contextsSchema.safeParse(claims).data?.acrs.includes(authContext) ?? false;
}

/** Whoever chose a role in the demo; null where there is no such role. */
export function demoPerson(choice: unknown): SignedIn | null {
  const chosen = demoChoiceSchema.safeParse(choice);
  if (!chosen.success) return null;
  const { role } = chosen.data;
  const id = role.toLowerCase();
  return { tenantId: DEMO_TENANT_ID, objectId: id, name: `Demo ${role}`, email: `${id}@demo.example`, role };
}
