import { expect, test } from 'vitest';
import { can, PERMISSIONS, ROLES, strongestRole, weakestRole } from '#lib/auth/roles.ts';

const TABLE = {
  'people:read': ['Viewer', 'Operator', 'Admin'],
  'people:act': ['Operator', 'Admin'],
  'people:approve': ['Operator', 'Admin'],
  'runs:read': ['Viewer', 'Operator', 'Admin'],
  'runs:start': ['Operator', 'Admin'],
  'files:read': ['Viewer', 'Operator', 'Admin'],
  'files:upload': ['Operator', 'Admin'],
  'drafts:change-any': ['Admin'],
  'mappings:read': ['Viewer', 'Operator', 'Admin'],
  'mappings:write': ['Admin'],
  'settings:read': ['Operator', 'Admin'],
  'settings:write': ['Admin'],
  'setup:check': ['Admin'],
  'history:read': ['Viewer', 'Operator', 'Admin'],
  'mail:read': ['Viewer', 'Operator', 'Admin'],
  'help:read': ['Viewer', 'Operator', 'Admin'],
  'sessions:own': ['Viewer', 'Operator', 'Admin'],
  'sessions:manage': ['Admin'],
} as const;

test.each(PERMISSIONS)('exactly the roles of the table hold %s', (permission) => {
  expect(ROLES.filter((role) => can(role, permission))).toEqual(TABLE[permission]);
  expect(weakestRole(permission)).toBe(TABLE[permission][0]);
});

test('of several roles the strongest counts', () => {
  expect(strongestRole(['Viewer', 'Admin', 'Operator'])).toBe('Admin');
  expect(strongestRole(['Operator', 'Viewer'])).toBe('Operator');
});

test('a role that is not ours, or is written otherwise, gives nothing', () => {
  expect(strongestRole([])).toBeNull();
  expect(strongestRole(['admin', 'Global Administrator', 'toString'])).toBeNull();
  expect(strongestRole(['Owner', 'Viewer'])).toBe('Viewer');
});
