/** The environment, read once and checked: the only place that looks at `process.env`. A mistake is one line that names the variable. */
import path from 'node:path';
import { z } from 'zod';
import { isLoopback } from '#lib/domain/loopback.ts';
import { secretIn } from './secret-files.ts';

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
  /** The authentication context of Conditional Access that every sign-in must satisfy, such as `c1`; null: none is asked for. */
  authContext: string | null;
}

export interface SmtpSettings {
  host: string;
  port: number;
  /** `tls` from the first byte, `starttls` required, or `none` (loopback and trusted relays only). */
  security: 'tls' | 'starttls' | 'none';
  user: string | null;
  password: string | null;
}

/** Where the log is sent as well. */
export interface LogTarget {
  protocol: 'tls' | 'tcp';
  host: string;
  port: number;
  /** PEM file of the authorities that may vouch for the target; null: those of Node. */
  caFile: string | null;
}

/** Where ClamAV's daemon listens. */
export type ScannerAddress = { path: string } | { host: string; port: number };

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

// What follows the variable's name in the one line that is said about it.
const missing = (why: string) => `is missing: ${why}`;
const wrong = (rule: string) => ({ error: ({ input }: { input?: unknown }) => `is "${input}": ${rule}.` });

const text = z.string().nullable().default(null);

function integer(fallback: number, min: number, max: number) {
  const isWithin = (value: string) => /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
  const range = wrong(`it must be a whole number from ${min} to ${max}`);
  return z.string().refine(isWithin, range).transform(Number).default(fallback);
}

function choice<const T extends string>(fallback: NoInfer<T>, values: readonly T[]) {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(values, wrong(`it must be one of ${values.join(', ')}`)))
    .default(fallback);
}

/** Without a trailing slash. */
const address = z
  .url(wrong('it must be an address such as https://graph.microsoft.com'))
  .refine(
    (value) => /^https:/i.test(value) || (/^http:/i.test(value) && isLoopback(value)),
    wrong('it must use https (plain http is allowed only on this machine)'),
  )
  .transform((value) => value.replace(/\/+$/, ''));
/** The port that is registered for syslog over TLS. */
const SYSLOG_PORT = 6514;

const logTarget = z
  .string()
  .regex(/^(tls|tcp):\/\/[^/?#@]+\/?$/, wrong('it must be an address such as tls://logs.example.org:6514'))
  .refine((value) => URL.canParse(value), wrong('it must be an address such as tls://logs.example.org:6514'))
  .refine(
    (value) => value.startsWith('tls:') || isLoopback(value),
    wrong('it must use tls (plain tcp is allowed only on this machine)'),
  )
  .transform((value) => {
    const { protocol, hostname, port } = new URL(value);
    return {
      protocol: protocol === 'tls:' ? ('tls' as const) : ('tcp' as const),
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || SYSLOG_PORT),
    };
  });

const scannerAddress = z
  .string()
  .refine(
    (value) => /^unix:\/./.test(value) || (/^tcp:\/\/[^/?#@]+:\d+$/.test(value) && isLoopback(value)),
    wrong('it must be unix:/run/clamav/clamd.ctl, or tcp://127.0.0.1:3310 on this machine'),
  )
  .transform((value): ScannerAddress => {
    if (value.startsWith('unix:')) return { path: value.slice('unix:'.length) };
    const { hostname, port } = new URL(value);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
  });

const addressOrNull = address.nullable().default(null);

const VARIABLES = z.object({
  TENANT_MODE: choice('demo', ['demo', 'entra']),
  DATA_DIR: z.string().default('./data'),
  DROP_FOLDER: text,
  DROP_FOLDER_ROOTS: text,
  AUDIT_FOLDER: text,
  AZURE_TENANT_ID: text,
  AZURE_CLIENT_ID: text,
  AZURE_CLIENT_SECRET: text,
  AZURE_CLIENT_CERTIFICATE_PATH: text,
  AZURE_FEDERATED_TOKEN_FILE: text,
  AZURE_AUTHORITY_HOST: addressOrNull,
  GRAPH_BASE_URL: addressOrNull,
  GRAPH_WRITES_PER_150S: integer(3000, 1, 1_000_000),
  GRAPH_UNITS_PER_10S: integer(8000, 1, 1_000_000),
  GRAPH_REPLICATION_MS: integer(20_000, 0, 600_000),
  AZURE_AD_TENANT_ID: text,
  AZURE_AD_CLIENT_ID: text,
  AZURE_AD_CLIENT_SECRET: text,
  SAFETY_LIMIT: integer(200, 0, 1_000_000),
  FILE_SETTLE_MS: integer(10_000, 0, 3_600_000),
  PORT: integer(3000, 0, 65_535),
  HOSTNAME: z.string().default('127.0.0.1'),
  DEMO_TENANT_PORT: integer(0, 0, 65_535),
  REPORT_TRANSPORT: choice('graph', ['graph', 'smtp']),
  REPORT_FROM: text,
  REPORT_TO: z.string().default(''),
  SMTP_HOST: text,
  SMTP_PORT: integer(587, 1, 65_535),
  SMTP_SECURITY: choice('starttls', ['tls', 'starttls', 'none']),
  SMTP_USER: text,
  SMTP_PASSWORD: text,
  CLAMD: scannerAddress.nullable().default(null),
  LOG_FORWARD: logTarget.nullable().default(null),
  LOG_FORWARD_CA: text,
  UNFINISHED_LANGUAGES: choice('off', ['off', 'on']),
  // Read by `lib/log.ts`, which cannot refuse it.
  LOG_LEVEL: choice('info', ['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
});

/** What the web server needs besides in demo mode, and what it needs in front of a real tenant. */
const DEMO_SIGN_IN = z.object({ NEXTAUTH_URL: addressOrNull, NEXTAUTH_SECRET: text });
const ENTRA_SIGN_IN = z.object({
  NEXTAUTH_SECRET: z
    .string(missing('it signs the session cookie; make one with `openssl rand -base64 32`.'))
    .min(32, 'is too short: use at least 32 characters.'),
  AZURE_AD_TENANT_ID: z
    .string(missing('it names the tenant whose operators sign in.'))
    .refine((id) => !/^(common|organizations|consumers)$/i.test(id), wrong('name one tenant, or anyone could sign in')),
  AZURE_AD_CLIENT_ID: z.string(missing('it names the app registration for sign-in.')),
  AZURE_AD_CLIENT_SECRET: z.string(missing('it is the secret of the app registration for sign-in.')),
  AZURE_AD_WELL_KNOWN: addressOrNull,
  SIGN_IN_AUTH_CONTEXT: z
    .string()
    .regex(/^c[1-9]\d?$/, wrong('it must be the id of an authentication context, c1 to c99'))
    .nullable()
    .default(null),
  NEXTAUTH_URL: z
    .string(missing('it is the address that people open, for example https://autoprovision.example.org.'))
    .pipe(address),
});

type Variables = z.infer<typeof VARIABLES>;

/** Each may come from a file instead, which a variable with `_FILE` at its end names. */
const SECRETS = ['AZURE_CLIENT_SECRET', 'AZURE_AD_CLIENT_SECRET', 'NEXTAUTH_SECRET', 'SMTP_PASSWORD'] as const;
const SECRET_FILES = SECRETS.map((name) => `${name}_FILE` as const);

/** The environment with the secrets that lie in files. */
function withSecretFiles(source: Source): Source {
  const inFiles = SECRETS.flatMap((name) => {
    const file = source[`${name}_FILE`]?.trim();
    return file ? { name, file } : [];
  });
  const read = inFiles.map(({ name, file }) => {
    if (source[name]?.trim()) throw new EnvError(`${name} and ${name}_FILE are both set: keep only one of them.`);
    try {
      return [name, secretIn(file)];
    } catch (error) {
      throw new EnvError(`${name}_FILE names no secret: ${error instanceof Error ? error.message : error}.`);
    }
  });
  return read.length > 0 ? { ...source, ...Object.fromEntries(read) } : source;
}

/** A secret that is set; `file`: where it lies, null for one in the environment itself. */
interface SecretPlace {
  name: string;
  file: string | null;
}

function secretPlaces(source: Source): SecretPlace[] {
  const places = SECRETS.map((name) => ({ name, file: source[`${name}_FILE`]?.trim() || null }));
  const key = { name: 'AZURE_CLIENT_CERTIFICATE_PATH', file: source.AZURE_CLIENT_CERTIFICATE_PATH?.trim() || null };
  return [...places.filter(({ name, file }) => file !== null || source[name]?.trim()), ...(key.file ? [key] : [])];
}

/**
 * `read` without reading the same environment twice: a page asks ten times, which took 0.8 ms of its 25. A changed variable is
 * seen at once, and so is a secret whose file changed.
 */
function onceFor<T>(variables: readonly string[], read: (source: Source) => T): (source?: Source) => T {
  const names = [...variables, ...SECRETS, ...SECRET_FILES];
  let last: { values: (string | undefined)[]; result: T } | undefined;
  return (environment = process.env) => {
    const source = withSecretFiles(environment);
    const values = names.map((name) => source[name]);
    if (!last?.values.every((value, n) => value === values[n])) last = { values, result: read(source) };
    return last.result;
  };
}

/** A variable that is blank counts as not set. */
function parse<T>(schema: z.ZodType<T>, source: Source): T {
  const parsed = schema.safeParse(
    Object.fromEntries(Object.entries(source).map(([name, value]) => [name, value?.trim() || undefined])),
  );
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EnvError(`${issue?.path.join('.')} ${issue?.message}`);
}

function graphCredential(set: Variables): GraphCredential | null {
  const { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: clientSecret } = set;
  const { AZURE_CLIENT_CERTIFICATE_PATH: certificatePath, AZURE_FEDERATED_TOKEN_FILE: tokenFilePath } = set;
  if (clientSecret && certificatePath)
    throw new EnvError('AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH are both set: keep only one of them.');
  if (!tenantId && !clientSecret && !certificatePath && !tokenFilePath)
    return set.TENANT_MODE === 'entra' ? { kind: 'managed', clientId } : null;
  if (!tenantId) throw new EnvError('AZURE_TENANT_ID is missing: it names the tenant whose people are licensed.');
  if (!clientId) throw new EnvError('AZURE_CLIENT_ID is missing: it names the app registration that calls Graph.');
  if (clientSecret) return { kind: 'secret', tenantId, clientId, clientSecret };
  if (certificatePath) return { kind: 'certificate', tenantId, clientId, certificatePath };
  if (tokenFilePath) return { kind: 'workload', tenantId, clientId, tokenFilePath };
  throw new EnvError(
    'AZURE_CLIENT_SECRET is missing: set it, or AZURE_CLIENT_CERTIFICATE_PATH, or remove AZURE_TENANT_ID to use a managed identity.',
  );
}

const ADDRESSES = ['GRAPH_BASE_URL', 'AZURE_AUTHORITY_HOST'] as const;
const SIGN_IN_APP = ['AZURE_AD_TENANT_ID', 'AZURE_AD_CLIENT_ID', 'AZURE_AD_CLIENT_SECRET'] as const;
const GRAPH_APP = ['AZURE_TENANT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'] as const;

function refuseRealTenantInDemo(set: Variables): void {
  const [name] = [
    ...ADDRESSES.filter((one) => set[one] !== null && !isLoopback(set[one])),
    ...SIGN_IN_APP.filter((one) => set[one] !== null),
    // Without an address the app registration is one of Microsoft's.
    ...GRAPH_APP.filter((one) => set[one] !== null && set.GRAPH_BASE_URL === null),
  ];
  if (name)
    throw new EnvError(
      `${name} points at a real tenant but TENANT_MODE is demo: set TENANT_MODE=entra, or remove ${name}. Demo sign-in never runs beside a real tenant.`,
    );
}

function mailSettings(set: Variables) {
  const { REPORT_TRANSPORT: transport, REPORT_FROM: sender, SMTP_HOST: host, SMTP_USER: user } = set;
  const { SMTP_PORT: port, SMTP_SECURITY: security, SMTP_PASSWORD: password } = set;
  const recipients = set.REPORT_TO.split(/[;,\s]+/).filter(Boolean);
  if (transport === 'smtp' && !host) throw new EnvError('SMTP_HOST is missing: REPORT_TRANSPORT is smtp.');
  if (user && !password) throw new EnvError('SMTP_PASSWORD is missing: SMTP_USER is set.');
  if (recipients.length > 0 && !sender)
    throw new EnvError('REPORT_FROM is missing: REPORT_TO is set, and a mail needs a sender.');
  const smtp: SmtpSettings | null = host ? { host, port, security, user, password } : null;
  return { transport, sender, recipients, smtp };
}

function logForward({ LOG_FORWARD: target, LOG_FORWARD_CA: caFile }: Variables): LogTarget | null {
  return target && { ...target, caFile: caFile === null ? null : path.resolve(caFile) };
}

/** Separated as in PATH; null where none is named. */
function foldersOf(list: string | null): string[] | null {
  const folders = (list ?? '').split(path.delimiter).flatMap((folder) => folder.trim() || []);
  return folders.length > 0 ? folders.map((folder) => path.resolve(folder)) : null;
}

function envFrom(source: Source) {
  const set = parse(VARIABLES, source);
  const isDemo = set.TENANT_MODE === 'demo';
  if (isDemo) refuseRealTenantInDemo(set);
  const dataDir = path.resolve(set.DATA_DIR);
  const dropFolder = path.resolve(set.DROP_FOLDER ?? path.join(dataDir, 'idm'));
  return {
    tenantMode: set.TENANT_MODE,
    dataDir,
    databaseFile: path.join(dataDir, 'autoprovision.db'),
    dropFolder,
    /** Folders below which an Admin may choose the drop folder. */
    dropFolderRoots: foldersOf(set.DROP_FOLDER_ROOTS) ?? [dropFolder],
    /** A folder elsewhere, to which checkpoints of the history are written as well; null: none. */
    auditFolder: set.AUDIT_FOLDER === null ? null : path.resolve(set.AUDIT_FOLDER),
    graph: {
      /** Origin of Graph; null in demo mode: the product starts its own demo tenant. */
      baseUrl: set.GRAPH_BASE_URL ?? (isDemo ? null : 'https://graph.microsoft.com'),
      authorityHost: set.AZURE_AUTHORITY_HOST ?? (isDemo ? set.GRAPH_BASE_URL : null),
      /** Null in demo mode without credentials: the demo tenant's own. */
      credential: graphCredential(set),
      writesPer150s: set.GRAPH_WRITES_PER_150S,
      unitsPer10s: set.GRAPH_UNITS_PER_10S,
      /** How long a read may lag behind a write: an unconfirmed write is waited for this long before it is repeated. */
      replicationMs: set.GRAPH_REPLICATION_MS,
    },
    secrets: secretPlaces(source),
    /** Of malware; null: there is none. */
    scanner: set.CLAMD,
    /** Null: the log stays on this machine. */
    logForward: logForward(set),
    safetyLimit: set.SAFETY_LIMIT,
    fileSettleMs: set.FILE_SETTLE_MS,
    port: set.PORT,
    hostname: set.HOSTNAME,
    demoTenantPort: set.DEMO_TENANT_PORT,
    /** Preferences also offer languages in which words are missing, and the one for tests. */
    offersUnfinishedLanguages: set.UNFINISHED_LANGUAGES === 'on',
    mail: mailSettings(set),
  };
}

export type Env = ReturnType<typeof envFrom>;

/** What the engine and the command line need. Throws `EnvError`. */
export const readEnv = onceFor(Object.keys(VARIABLES.shape), envFrom);

const SERVER_VARIABLES = [VARIABLES, DEMO_SIGN_IN, ENTRA_SIGN_IN].flatMap(({ shape }) => Object.keys(shape));

/** What the web server needs: `Env` and the sign-in settings. Throws `EnvError`. */
export const readServerEnv = onceFor(SERVER_VARIABLES, (source): ServerEnv => {
  const env = envFrom(source);
  if (env.tenantMode === 'demo') {
    const set = parse(DEMO_SIGN_IN, source);
    const publicUrl = set.NEXTAUTH_URL ?? `http://${env.hostname}:${env.port}`;
    return { ...env, signIn: null, publicUrl, sessionSecret: set.NEXTAUTH_SECRET };
  }
  const set = parse(ENTRA_SIGN_IN, source);
  const signIn = {
    tenantId: set.AZURE_AD_TENANT_ID,
    clientId: set.AZURE_AD_CLIENT_ID,
    clientSecret: set.AZURE_AD_CLIENT_SECRET,
    wellKnown: set.AZURE_AD_WELL_KNOWN,
    authContext: set.SIGN_IN_AUTH_CONTEXT,
  };
  return { ...env, signIn, publicUrl: set.NEXTAUTH_URL, sessionSecret: set.NEXTAUTH_SECRET };
});
