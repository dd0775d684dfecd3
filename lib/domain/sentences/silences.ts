/** Why nothing is known from an answer of Microsoft 365, in our own words: English, as outcomes keep them; German in `lib/words/de/silences.ts`. `{}` stands for a value. Pure. */

const SILENCES = {
  redirected: 'it answered with a redirect, which is not followed',
  unreadable: 'the response was unreadable',
  incomplete: 'the response was incomplete',
  unreachable: 'it cannot be reached',
  late: 'no answer in time',
  broken: 'the connection broke',
  throttled: 'Microsoft Graph keeps throttling this request (429)',
  /** Until a day and hour. */
  throttledUntil: 'Microsoft Graph wants this to be asked again only after {} (429)',
  missing: 'no answer for this request in the batch',
  disputed: 'two different answers to this request',
  none: 'no answer',
  /** Of another of these. */
  noneBecause: 'no answer: {}',
  notAsked: 'not asked',
  noAccount: 'there is no account to ask for',
  idUnread: 'the account that was found before could not be looked up',
  nameUnread: 'its name in Active Directory could not be looked up',
  nowhere: 'it was there before, and is neither among the accounts now nor among the deleted ones',
  deletedUnread: 'it was there before, is not among the accounts now, and the deleted ones cannot be read',
  noReport: 'Microsoft reports nothing about Exchange Online',
  notPermitted: 'the app does not have the optional permission {}',
  /** Of a status and a code. */
  contradicted: 'Graph answered {} with an error: {}',
  /** Of a status, mostly with what Microsoft says beside it. */
  answered: 'Graph answered {}',
  stopped: 'the run was stopped',
  notShown: 'Microsoft 365 does not show it yet',
  notAccepted: 'Microsoft 365 did not accept the change in time',
  /** Of Microsoft Entra ID, or of what the environment names in its place. */
  authorityUnusable:
    'AZURE_AUTHORITY_HOST gives no usable /{tenant}/v2.0/.well-known/openid-configuration, which says where tokens come from.',
} as const;

export type Silence = keyof typeof SILENCES;

/** Puts the values where `{}` stands, one after the other. */
export function withValues(text: string, values: readonly string[]): string {
  const left = [...values];
  return text.replaceAll('{}', () => left.shift() ?? '').trim();
}

/** In English, as it is stored. */
export function silence(key: Silence, ...values: readonly (string | number)[]): string {
  return withValues(SILENCES[key], values.map(String));
}

/** What stands before, between and after the values. */
const PARTS = (Object.entries(SILENCES) as [Silence, string][]).map(([key, text]) => ({
  key,
  parts: text.split('{}'),
}));

/** The values between these parts, as few characters each as possible, the last as many; null: the text is made of others. */
export function valuesOf(text: string, [start = '', ...others]: readonly string[]): string[] | null {
  if (!text.startsWith(start)) return null;
  const values: string[] = [];
  let from = start.length;
  for (const [index, part] of others.entries()) {
    const isLast = index === others.length - 1;
    const at = isLast ? text.length - part.length : text.indexOf(part, from);
    if (at < from || !text.startsWith(part, at)) return null;
    values.push(text.slice(from, at));
    from = at + part.length;
  }
  return from === text.length ? values : null;
}

/** Which of these a stored text is, with its values, whatever version stored it; null: none, it is Microsoft's own. */
export function silenceOf(text: string): { key: Silence; values: string[] } | null {
  for (const { key, parts } of PARTS) {
    const values = valuesOf(text, parts);
    if (values !== null) return { key, values };
  }
  return null;
}

/** True where Microsoft 365 is there, and only does not want to be asked for this now. */
export function isPutOff(why: string): boolean {
  const key = silenceOf(why)?.key;
  return key === 'throttled' || key === 'throttledUntil';
}
