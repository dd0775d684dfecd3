/** When a session ends, and when the provider is asked again for the role behind it. Pure. */

export interface SessionTimes {
  signedInAt: number;
  /** When somebody last opened a page or changed something in it. */
  lastSeenAt: number;
  /** When the identity provider last confirmed the role; null: nobody is asked, as in the demo. */
  roleCheckedAt: number | null;
}

export interface SessionLimits {
  idleMinutes: number;
  maxHours: number;
}

const MINUTE = 60_000;
/** From here on the next request asks for the role again … */
const ROLE_DUE_MS = 10 * MINUTE;
/** … and without an answer the session ends here: a role that was taken away counts no longer than this. */
export const ROLE_TRUSTED_MS = 15 * MINUTE;

/** Why a session ended by itself. */
export type SessionEnd = 'idle' | 'too_old' | 'role_unconfirmed' | 'refused' | 'too_weak';

const because: Record<SessionEnd, (limits: SessionLimits) => string> = {
  idle: ({ idleMinutes }) => `because nothing was done in it for ${idleMinutes} minutes`,
  too_old: ({ maxHours }) => `because it was ${maxHours} hours old`,
  role_unconfirmed: () => 'because the identity provider did not confirm the role for 15 minutes',
  refused: () => 'because the identity provider no longer lets this account sign in',
  too_weak: () => 'because the sign-in does not satisfy the authentication context that this app asks for',
};

/** `because nothing was done in it for 60 minutes` */
export function sessionEndText(end: SessionEnd, limits: SessionLimits): string {
  return because[end](limits);
}

/** Why a session is over; null while it goes on. */
export function sessionEnd(times: SessionTimes, limits: SessionLimits, now: number): SessionEnd | null {
  if (now - times.signedInAt >= limits.maxHours * 60 * MINUTE) return 'too_old';
  if (now - times.lastSeenAt >= limits.idleMinutes * MINUTE) return 'idle';
  return null;
}

/** Whether the role has to be asked for again before the session is used. */
export function isRoleDue({ roleCheckedAt }: SessionTimes, now: number): boolean {
  return roleCheckedAt !== null && now - roleCheckedAt >= ROLE_DUE_MS;
}

/** Whether the last answer about the role is too old to be believed. */
export function isRoleUnconfirmed({ roleCheckedAt }: SessionTimes, now: number): boolean {
  return roleCheckedAt !== null && now - roleCheckedAt >= ROLE_TRUSTED_MS;
}
