import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { credentialWarning } from '#lib/graph/http/credential.ts';
import { signInMessage } from '#lib/graph/http/transport.ts';

const CERTIFICATE = path.join(import.meta.dirname, '..', '..', 'fixtures', 'tls', 'certificate.pem');
const DAY = 24 * 3_600_000;
const settings = { kind: 'certificate' as const, tenantId: 't', clientId: 'c', certificatePath: CERTIFICATE };
const validTo = Date.parse(new X509Certificate(readFileSync(CERTIFICATE)).validTo);

test('script row "stores an admin\'s password": the identity is app-only, and the end of its certificate is warned about', () => {
  expect(credentialWarning(settings, validTo - 60 * DAY)).toBeNull();
  expect(credentialWarning(settings, validTo - 10 * DAY)?.message).toContain('expires in 10 days');
  expect(credentialWarning(settings, validTo + DAY)?.message).toContain('has expired');
});

test('a certificate that cannot be read is named', () => {
  expect(credentialWarning({ ...settings, certificatePath: '/nowhere.pem' }, 0)?.message).toContain('/nowhere.pem');
});

test('a sign-in error keeps its code and loses trace lines and tokens', () => {
  const token = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9abcdefgh.eyJhdWQiOiJodHRwczovL2dyYXBo.sig';
  const error = new Error(`AADSTS700027: The assertion ${token} is not valid.\r\nTrace ID: 1\r\nTimestamp: now`);
  const said = signInMessage(error);
  expect(said).toMatch(/^AADSTS700027: /);
  expect(said).not.toContain('eyJ0');
  expect(said).not.toContain('Trace');
});

test('an authority that does not say where tokens come from is told so, with the setting and the address', () => {
  const error = new Error('endpoints_resolution_error: See https://aka.ms/msal.js.errors#endpoints_resolution_error');
  expect(signInMessage(error)).toMatch(/^AZURE_AUTHORITY_HOST .*\.well-known\/openid-configuration/);
});
