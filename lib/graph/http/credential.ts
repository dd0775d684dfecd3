/** The app-only identity towards Graph, through `@azure/identity`. */

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { isLoopback } from '#lib/domain/loopback.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { GraphCredential } from '#lib/env.ts';
import { rereadSecrets } from '#lib/secret-files.ts';

const MICROSOFT_AUTHORITIES = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

/** The part of a request in `@azure/identity`'s HTTP pipeline that the loopback policy changes. */
interface PipelineRequest {
  url: string;
  allowInsecureConnection?: boolean;
}

/**
 * `@azure/identity` accepts only https authorities. One on this machine may use plain http: requests to it are sent as http,
 * and the addresses in its discovery document are read as https, so that its issuer still matches.
 */
function loopbackPolicy(host: string) {
  return {
    position: 'perRetry' as const,
    policy: {
      name: 'loopbackAuthority',
      async sendRequest<R extends PipelineRequest, A extends { bodyAsText?: string | null }>(
        request: R,
        next: (request: R) => Promise<A>,
      ): Promise<A> {
        request.url = request.url.replace(`https://${host}`, `http://${host}`);
        request.allowInsecureConnection = true;
        const answer = await next(request);
        if (answer.bodyAsText) answer.bodyAsText = answer.bodyAsText.replaceAll(`http://${host}`, `https://${host}`);
        return answer;
      },
    },
  };
}

function authorityOptions(authorityHost: string | null) {
  if (!authorityHost) return {};
  const url = new URL(authorityHost);
  if (MICROSOFT_AUTHORITIES.has(url.hostname)) return { authorityHost };
  const isPlainLoopback = url.protocol === 'http:' && isLoopback(authorityHost);
  return {
    authorityHost: authorityHost.replace(/^http:/, 'https:'),
    disableInstanceDiscovery: true,
    ...(isPlainLoopback ? { additionalPolicies: [loopbackPolicy(url.host)] } : {}),
  };
}

/** A credential that caches its tokens. */
function createCredential(settings: GraphCredential, authorityHost: string | null): TokenCredential {
  const options = authorityOptions(authorityHost);
  switch (settings.kind) {
    case 'secret':
      return new ClientSecretCredential(settings.tenantId, settings.clientId, settings.clientSecret, options);
    case 'certificate':
      return new ClientCertificateCredential(settings.tenantId, settings.clientId, settings.certificatePath, options);
    case 'workload':
      return new WorkloadIdentityCredential({
        ...options,
        tenantId: settings.tenantId,
        clientId: settings.clientId,
        tokenFilePath: settings.tokenFilePath,
      });
    case 'managed':
      return settings.clientId
        ? new ManagedIdentityCredential({ clientId: settings.clientId })
        : new ManagedIdentityCredential();
  }
}

/**
 * The credential by the settings of the moment: a secret that was replaced counts from the next token on. Where a sign-in fails,
 * the files of secrets are read anew first.
 */
export function currentCredential(settings: () => GraphCredential, authorityHost: string | null): TokenCredential {
  let used: { by: string; credential: TokenCredential } | null = null;
  const current = () => {
    const now = settings();
    const by = JSON.stringify(now);
    used = used?.by === by ? used : { by, credential: createCredential(now, authorityHost) };
    return used;
  };
  return {
    async getToken(scopes, options) {
      const first = current();
      try {
        return await first.credential.getToken(scopes, options);
      } catch (error) {
        rereadSecrets();
        const second = current();
        if (second === first) throw error;
        return await second.credential.getToken(scopes, options);
      }
    },
  };
}

const EXPIRY_NOTICE_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

/** What is wrong with a certificate, or soon will be. */
type CertificateProblem = { path: string } & (
  | { problem: 'expired' | 'unreadable' }
  | { problem: 'expires'; days: number }
);

/**
 * Where the certificate cannot be read, has expired, or expires within 30 days; otherwise null. Only Entra ID knows when a
 * client secret expires: an expired one shows as a failed sign-in (AADSTS7000222).
 */
export function certificateProblem(settings: GraphCredential | null, now: number): CertificateProblem | null {
  if (settings?.kind !== 'certificate') return null;
  const path = settings.certificatePath;
  try {
    const validTo = Date.parse(new X509Certificate(readFileSync(path)).validTo);
    const days = Math.floor((validTo - now) / DAY_MS);
    if (days < 0) return { path, problem: 'expired' };
    return days < EXPIRY_NOTICE_DAYS ? { path, problem: 'expires', days } : null;
  } catch {
    return { path, problem: 'unreadable' };
  }
}

/** The same as one sentence. */
export function credentialWarning(settings: GraphCredential | null, now: number): Sentence | null {
  const found = certificateProblem(settings, now);
  switch (found?.problem) {
    case undefined:
      return null;
    case 'expired':
      return sentence('certificateExpired', { path: found.path });
    case 'expires':
      return sentence('certificateExpires', { path: found.path, days: found.days });
    case 'unreadable':
      return sentence('certificateUnreadable', { path: found.path });
  }
}
