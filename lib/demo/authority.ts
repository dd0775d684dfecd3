/** The demo tenant's token authority: discovery document and client credentials. */
import { type Answer, graphError } from './answers.ts';
import { DEMO_CREDENTIALS } from './credentials.ts';

const TOKEN_LIFE_S = 3599;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class Authority {
  readonly #issued = new Map<string, number>();

  discovery(origin: string): Answer {
    const base = `${origin}/${DEMO_CREDENTIALS.tenantId}`;
    return {
      status: 200,
      body: {
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      },
    };
  }

  /** `refuse` plays a secret that is not taken any more. */
  token(form: URLSearchParams, permissions: readonly string[], refuse: boolean, now: number): Answer {
    const { clientId, clientSecret, tenantId } = DEMO_CREDENTIALS;
    if (form.get('grant_type') !== 'client_credentials')
      return this.#error(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.', now);
    if (form.get('client_id') !== clientId)
      return this.#error(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${form.get('client_id')}' was not found in the directory.`,
        now,
      );
    const isKnown = form.get('client_secret') === clientSecret || form.has('client_assertion');
    if (refuse || !isKnown) return this.#error(401, 'invalid_client', 7000215, 'Invalid client secret provided.', now);
    const payload = {
      aud: 'https://graph.microsoft.com',
      appid: clientId,
      tid: tenantId,
      roles: permissions,
      exp: Math.floor(now / 1000) + TOKEN_LIFE_S,
    };
    const token = [encode({ alg: 'none', typ: 'JWT' }), encode({ ...payload, jti: this.#issued.size }), 'demo'].join(
      '.',
    );
    this.#issued.set(token, now + TOKEN_LIFE_S * 1000);
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: TOKEN_LIFE_S, ext_expires_in: TOKEN_LIFE_S, access_token: token },
    };
  }

  #error(status: number, error: string, code: number, text: string, now: number): Answer {
    return {
      status,
      body: {
        error,
        error_description: `AADSTS${code}: ${text}`,
        error_codes: [code],
        timestamp: new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, ''),
        error_uri: `https://login.microsoftonline.com/error?code=${code}`,
      },
    };
  }

  /** Null where the token is ours and still valid, else Graph's 401. */
  refuse(authorization: string | undefined, now: number): Answer | null {
    const until = this.#issued.get(authorization?.replace(/^Bearer /i, '') ?? '');
    return until !== undefined && until > now
      ? null
      : graphError(401, 'InvalidAuthenticationToken', 'Access token is empty, expired or not ours.');
  }
}
