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

/** Whoever chose a role in the demo; null where there is no such role. */
export function demoPerson(choice: unknown): SignedIn | null {
  const chosen = demoChoiceSchema.safeParse(choice);
  if (!chosen.success) return null;
  const { role } = chosen.data;
  const id = role.toLowerCase();
  return { tenantId: DEMO_TENANT_ID, objectId: id, name: `Demo ${role}`, email: `${id}@demo.example`, role };
}
