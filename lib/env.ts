/** The environment, read once and checked: the only place that looks at `process.env`. A mistake is one line that names the variable. */
import path from 'node:path';

/** A missing or contradictory setting; `message` is one line that names the variable and says what to do. */
export class EnvError extends Error {
  override name = 'EnvError';
}

export type GraphCredential =
  | { kind: 'secret'; tenantId: string; clientId: string; clientSecret: string }
  | { kind: 'certificate'; tenantId: string; clientId: string; certificatePath: string }
  | { kind: 'workload'; tenantId: string; clientId: string; tokenFilePath: string }
  | { kind: 'managed'; clientId: string | null };

export interface SignInSettings {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** Discovery document of the sign-in authority; null: Microsoft's for the tenant. */
  wellKnown: string | null;
}

export interface SmtpSettings {
  host: string;
  port: number;
  /** `tls` from the first byte, `starttls` required, or `none` (loopback and trusted relays only). */
  security: 'tls' | 'starttls' | 'none';
  user: string | null;
  password: string | null;
}

export interface Env {
  tenantMode: 'demo' | 'entra';
  dataDir: string;
  databaseFile: string;
  dropFolder: string;
  graph: {
    /** Origin of Graph; null in demo mode: the product starts its own demo tenant. */
    baseUrl: string | null;
    authorityHost: string | null;
    /** Null in demo mode without credentials: the demo tenant's own. */
    credential: GraphCredential | null;
    writesPer150s: number;
    unitsPer10s: number;
    /** How long a read may lag behind a write: an unconfirmed write is waited for this long before it is repeated. */
    replicationMs: number;
  };
  safetyLimit: number;
  fileSettleMs: number;
  port: number;
  hostname: string;
  demoTenantPort: number;
  mail: { transport: 'graph' | 'smtp'; sender: string | null; recipients: string[]; smtp: SmtpSettings | null };
  logLevel: string;
}

/** What only the web server needs on top of `Env`. */
export interface ServerEnv extends Env {
  /** Null in demo mode, where a local sign-in offers the three roles. */
  signIn: SignInSettings | null;
  /** Public address of the app, without a trailing slash. */
  publicUrl: string;
  /** Key of the session cookie; null in demo mode: made and kept in `DATA_DIR`. */
  sessionSecret: string | null;
}

type Source = Record<string, string | undefined>;

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** True for an address on this machine: there, and only there, plain http and the demo tenant are allowed. */
export function isLoopback(url: string): boolean {
  try {
    return LOOPBACK_HOSTS.has(new URL(url).hostname);
  } catch {
    return false;
  }
}

function reader(source: Source) {
  const text = (name: string): string | null => {
    const value = source[name]?.trim();
    return value ? value : null;
  };
  const need = (name: string, why: string): string => {
    const value = text(name);
    if (value === null) throw new EnvError(`${name} is missing: ${why}`);
    return value;
  };
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === null) return fallback;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new EnvError(`${name} is "${value}": it must be a whole number from ${min} to ${max}.`);
    return number;
  };
  const origin = (name: string): string | null => {
    const value = text(name);
    if (value === null) return null;
    let url: URL;
    try {
      url = new URL(value);
    } catch {
      throw new EnvError(`${name} is "${value}": it must be an address such as https://graph.microsoft.com.`);
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(value)))
      throw new EnvError(`${name} is "${value}": it must use https (plain http is allowed only on this machine).`);
    return value.replace(/\/+$/, '');
  };
  const choice = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const value = text(name)?.toLowerCase() ?? fallback;
    const match = values.find((candidate) => candidate === value);
    if (!match) throw new EnvError(`${name} is "${value}": it must be one of ${values.join(', ')}.`);
    return match;
  };
  return { text, need, integer, origin, choice };
}

type Reader = ReturnType<typeof reader>;

function readCredential(read: Reader): GraphCredential | null {
  const tenantId = read.text('AZURE_TENANT_ID');
  const clientId = read.text('AZURE_CLIENT_ID');
  const clientSecret = read.text('AZURE_CLIENT_SECRET');
  const certificatePath = read.text('AZURE_CLIENT_CERTIFICATE_PATH');
  const tokenFilePath = read.text('AZURE_FEDERATED_TOKEN_FILE');
  if (clientSecret && certificatePath)
    throw new EnvError('AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH are both set: keep only one of them.');
  if (!tenantId && !clientSecret && !certificatePath && !tokenFilePath) return null;
  if (!tenantId) throw new EnvError('AZURE_TENANT_ID is missing: it names the tenant whose people are licensed.');
  if (!clientId) throw new EnvError('AZURE_CLIENT_ID is missing: it names the app registration that calls Graph.');
  if (clientSecret) return { kind: 'secret', tenantId, clientId, clientSecret };
  if (certificatePath) return { kind: 'certificate', tenantId, clientId, certificatePath };
  if (tokenFilePath) return { kind: 'workload', tenantId, clientId, tokenFilePath };
  throw new EnvError(
    'AZURE_CLIENT_SECRET is missing: set it, or AZURE_CLIENT_CERTIFICATE_PATH, or remove AZURE_TENANT_ID to use a managed identity.',
  );
}

function refuseRealTenantInDemo(read: Reader, baseUrl: string | null, authorityHost: string | null): void {
  const insist = (name: string) =>
    new EnvError(
      `${name} points at a real tenant but TENANT_MODE is demo: set TENANT_MODE=entra, or remove ${name}. Demo sign-in never runs beside a real tenant.`,
    );
  if (baseUrl && !isLoopback(baseUrl)) throw insist('GRAPH_BASE_URL');
  if (authorityHost && !isLoopback(authorityHost)) throw insist('AZURE_AUTHORITY_HOST');
  for (const name of ['AZURE_AD_TENANT_ID', 'AZURE_AD_CLIENT_ID', 'AZURE_AD_CLIENT_SECRET'])
    if (read.text(name)) throw insist(name);
  if (!baseUrl)
    for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'])
      if (read.text(name)) throw insist(name);
}

function readMail(read: Reader): Env['mail'] {
  const transport = read.choice('REPORT_TRANSPORT', ['graph', 'smtp'] as const, 'graph');
  const host = read.text('SMTP_HOST');
  if (transport === 'smtp' && !host) throw new EnvError('SMTP_HOST is missing: REPORT_TRANSPORT is smtp.');
  const user = read.text('SMTP_USER');
  const password = read.text('SMTP_PASSWORD');
  if (user && !password) throw new EnvError('SMTP_PASSWORD is missing: SMTP_USER is set.');
  const recipients = (read.text('REPORT_TO') ?? '').split(/[;,\s]+/).filter(Boolean);
  const sender = read.text('REPORT_FROM');
  if (recipients.length > 0 && !sender)
    throw new EnvError('REPORT_FROM is missing: REPORT_TO is set, and a mail needs a sender.');
  return {
    transport,
    sender,
    recipients,
    smtp: host
      ? {
          host,
          port: read.integer('SMTP_PORT', 587, 1, 65535),
          security: read.choice('SMTP_SECURITY', ['tls', 'starttls', 'none'] as const, 'starttls'),
          user,
          password,
        }
      : null,
  };
}

/** What the engine and the command line need. Throws `EnvError`. */
export function readEnv(source: Source = process.env): Env {
  const read = reader(source);
  const tenantMode = read.choice('TENANT_MODE', ['demo', 'entra'] as const, 'demo');
  const dataDir = path.resolve(read.text('DATA_DIR') ?? './data');
  const baseUrl = read.origin('GRAPH_BASE_URL');
  const authorityHost = read.origin('AZURE_AUTHORITY_HOST');
  if (tenantMode === 'demo') refuseRealTenantInDemo(read, baseUrl, authorityHost);
  const credential = readCredential(read);
  return {
    tenantMode,
    dataDir,
    databaseFile: path.join(dataDir, 'autoprovision.db'),
    dropFolder: path.resolve(read.text('DROP_FOLDER') ?? path.join(dataDir, 'idm')),
    graph: {
      baseUrl: baseUrl ?? (tenantMode === 'entra' ? 'https://graph.microsoft.com' : null),
      authorityHost: authorityHost ?? (tenantMode === 'demo' ? baseUrl : null),
      credential:
        credential ?? (tenantMode === 'entra' ? { kind: 'managed', clientId: read.text('AZURE_CLIENT_ID') } : null),
      writesPer150s: read.integer('GRAPH_WRITES_PER_150S', 3000, 1, 1_000_000),
      unitsPer10s: read.integer('GRAPH_UNITS_PER_10S', 8000, 1, 1_000_000),
      replicationMs: read.integer('GRAPH_REPLICATION_MS', 20_000, 0, 600_000),
    },
    safetyLimit: read.integer('SAFETY_LIMIT', 200, 0, 1_000_000),
    fileSettleMs: read.integer('FILE_SETTLE_MS', 10_000, 0, 3_600_000),
    port: read.integer('PORT', 3000, 0, 65535),
    hostname: read.text('HOSTNAME') ?? '127.0.0.1',
    demoTenantPort: read.integer('DEMO_TENANT_PORT', 0, 0, 65535),
    mail: readMail(read),
    logLevel: read.choice('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const, 'info'),
  };
}

/** What the web server needs: `Env` and the sign-in settings. Throws `EnvError`. */
export function readServerEnv(source: Source = process.env): ServerEnv {
  const read = reader(source);
  const env = readEnv(source);
  if (env.tenantMode === 'demo') {
    const publicUrl = read.origin('NEXTAUTH_URL') ?? `http://${env.hostname}:${env.port}`;
    return { ...env, signIn: null, publicUrl, sessionSecret: read.text('NEXTAUTH_SECRET') };
  }
  const sessionSecret = read.need(
    'NEXTAUTH_SECRET',
    'it signs the session cookie; make one with `openssl rand -base64 32`.',
  );
  if (sessionSecret.length < 32) throw new EnvError('NEXTAUTH_SECRET is too short: use at least 32 characters.');
  const signIn = {
    tenantId: read.need('AZURE_AD_TENANT_ID', 'it names the tenant whose operators sign in.'),
    clientId: read.need('AZURE_AD_CLIENT_ID', 'it names the app registration for sign-in.'),
    clientSecret: read.need('AZURE_AD_CLIENT_SECRET', 'it is the secret of the app registration for sign-in.'),
    wellKnown: read.origin('AZURE_AD_WELL_KNOWN'),
  };
  if (['common', 'organizations', 'consumers'].includes(signIn.tenantId.toLowerCase()))
    throw new EnvError(`AZURE_AD_TENANT_ID is "${signIn.tenantId}": name one tenant, or anyone could sign in.`);
  read.need('NEXTAUTH_URL', 'it is the address that people open, for example https://autoprovision.example.org.');
  return { ...env, signIn, publicUrl: read.origin('NEXTAUTH_URL') ?? '', sessionSecret };
}
