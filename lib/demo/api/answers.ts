/** Graph's error responses, in the wording of its documentation and of public reports (graph-facts §1-§7). */

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

function graphError(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error: { code, message, innerError: {} } } };
}

/** Exchange Online leaves out the inner error. */
function exchangeError(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

export const badRequest = (message: string) => graphError(400, 'Request_BadRequest', message);

export const badSyntax = (message: string) => graphError(400, 'BadRequest', message);

export const unsupportedQuery = (message: string) => graphError(400, 'Request_UnsupportedQuery', message);

export const notFound = (what: string) =>
  graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const invalidToken = (message: string) =>
  graphError(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': 'Bearer realm="", error="invalid_token"',
  });

export const denied = () =>
  graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

export const mailboxDenied = () =>
  exchangeError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

export const silentMailbox = (status: number) =>
  exchangeError(
    status,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );

export const onPremisesMailbox = () =>
  exchangeError(404, 'MailboxNotHostedInExchangeOnline', 'The mailbox is not hosted in Exchange Online.');

export const invalidMailUser = (who: string) =>
  exchangeError(404, 'ErrorInvalidUser', `The requested user '${who}' is invalid.`);

export const concurrentWrites = () =>
  graphError(
    400,
    'Directory_ConcurrencyViolation',
    'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  );

export const refused = ({ status, code, message }: { status: number; code: string; message: string }) =>
  graphError(status, code, message);

export const failedDependency = (ids: readonly string[]) =>
  graphError(424, 'FailedDependency', `A request that this one depends on failed: ${ids.join(', ')}.`);

export const serverError = () =>
  graphError(500, 'Service_InternalServerError', 'Encountered an internal server error.');

export const unavailable = (retryAfterS: number | null) =>
  graphError(503, 'ServiceUnavailable', 'The service is temporarily unavailable.', retryAfterHeader(retryAfterS));

export const timedOut = () => graphError(504, 'UnknownError', 'The gateway did not receive a timely response.');

/** `retryAfter` in seconds, as in the header; null: without one. */
export function throttled(retryAfter: string | null, kind: 'Read' | 'Write' | 'ReadWrite'): Answer {
  return {
    status: 429,
    headers: {
      ...(retryAfter === null ? {} : { 'Retry-After': retryAfter }),
      'x-ms-throttle-scope': `Tenant_Application/${kind}`,
      'x-ms-throttle-information': kind === 'Write' ? 'WriteLimitExceeded' : 'ResourceUnitLimitExceeded',
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

function retryAfterHeader(seconds: number | null): Record<string, string> {
  return seconds === null ? {} : { 'Retry-After': String(seconds) };
}
