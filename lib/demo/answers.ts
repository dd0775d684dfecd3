/** Graph's answers and error bodies, as its documentation and public reports show them. */

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export function graphError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  return { status, headers, body: { error: { code, message } } };
}

export const badRequest = (message: string) => graphError(400, 'Request_BadRequest', message);

export const notFound = (what: string) =>
  graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const denied = () =>
  graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

export const mailboxDenied = () =>
  graphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

export const silentMailbox = () =>
  graphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );

export const onPremisesMailbox = () =>
  graphError(404, 'MailboxNotHostedInExchangeOnline', 'The mailbox is not hosted in Exchange Online.');

export function throttled(retryAfterS: number, kind: 'Read' | 'Write', information: string): Answer {
  return {
    status: 429,
    headers: {
      'Retry-After': String(retryAfterS),
      'x-ms-throttle-scope': `Tenant_Application/${kind}`,
      'x-ms-throttle-information': information,
    },
    body: {
      error: {
        code: 'TooManyRequests',
        innerError: { code: '429', message: 'Please retry after', status: '429' },
        message: 'Please retry again later.',
      },
    },
  };
}
