/** Who may do what: the three app roles and one table of their permissions. Pure; it knows nothing of sessions. */

/** App roles as named in the app registration, the weakest first. */
export const ROLES = ['Viewer', 'Operator', 'Admin'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'people:read',
  'people:act',
  'people:approve',
  'runs:read',
  'runs:start',
  'files:read',
  'files:upload',
  'drafts:change-any',
  'mappings:read',
  'mappings:write',
  'settings:read',
  'settings:write',
  'setup:check',
  'history:read',
  'mail:read',
  'help:read',
  'sessions:own',
  'sessions:manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The weakest role that holds a permission; every stronger role holds it as well. */
const WEAKEST_ROLE: Record<Permission, Role> = {
  'people:read': 'Viewer',
  'people:act': 'Operator',
  'people:approve': 'Operator',
  'runs:read': 'Viewer',
  'runs:start': 'Operator',
  'files:read': 'Viewer',
  'files:upload': 'Operator',
  'drafts:change-any': 'Admin',
  'mappings:read': 'Viewer',
  'mappings:write': 'Admin',
  'settings:read': 'Operator',
  'settings:write': 'Admin',
  'setup:check': 'Admin',
  'history:read': 'Viewer',
  'mail:read': 'Viewer',
  'help:read': 'Viewer',
  'sessions:own': 'Viewer',
  'sessions:manage': 'Admin',
};

export function weakestRole(permission: Permission): Role {
  return WEAKEST_ROLE[permission];
}

export function can(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(WEAKEST_ROLE[permission]);
}

/** The strongest of the roles that a token names; null where it names none of ours. */
export function strongestRole(claimed: readonly string[]): Role | null {
  return ROLES.findLast((role) => claimed.includes(role)) ?? null;
}
