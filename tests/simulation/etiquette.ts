/** What Microsoft asks of whoever calls Graph, judged by what reaches the tenant: who is asking, in what portions, and how refusals are met. */
import { BrokenPromise } from './broken-promise.ts';
import { virtualTime } from './platform/virtual-time.ts';

/** A request as it reaches the tenant; names of headers in lower case. */
export interface Seen {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string | undefined>>;
  text: string;
  /** The process that sent it. */
  sender: object;
}

/** An answer as it leaves the tenant. */
interface Said {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

interface SubRequest {
  id?: string;
  method?: string;
  url?: string;
  headers?: Record<string, string>;
}

/** By method and address: when a write may be sent again, and since when it was told so. */
type Told = Map<string, { until: number; since: number }>;

interface SubAnswer {
  id?: string;
  status?: number;
  headers?: Record<string, unknown>;
  body?: unknown;
}

const ROOT = '/v1.0/';
/** Microsoft’s limit of a `$batch`. */
const MOST_IN_A_BATCH = 20;
/** Who is told to wait for no longer than this does; whoever is told longer may give up, and another run begins anew. */
const PATIENT_S = 90;
/** The same, where it is told again and again. */
const PATIENT_MS = 5 * 60_000;
/** From so many licence writes of one process on, half are refused at most for being sent while others were under way: it has learnt. */
const MANY_LICENCES = 60;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const keep = (holds: boolean, promise: string, detail: string): void => {
  if (!holds) throw new BrokenPromise(promise, detail);
};

/** The requests inside a batch; none: it is no batch. */
function partsOf(url: URL, text: string): SubRequest[] {
  if (!url.pathname.endsWith('/$batch')) return [];
  return (JSON.parse(text) as { requests?: SubRequest[] }).requests ?? [];
}

/** Without its answer a run cannot go on. */
const isLookup = ({ method, url }: SubRequest) => method === 'GET' && !url?.startsWith('/users/');

const keyOf = ({ method, url }: SubRequest) => `${method} ${ROOT}${url?.split('?')[0]?.replace(/^\//, '')}`;

export class Etiquette {
  /** By `client-request-id`: how many times it was refused with a 401; ids that were not are 0. */
  readonly #ids = new Map<string, number>();
  /** By process and address: look-ups inside batches that were last refused with a 401. */
  readonly #refusedLookups = new WeakMap<object, Set<string>>();
  /** When a request, or a look-up inside a batch, was last refused with a second token too; since the beginning, ms. */
  refusedTwiceAt: number | null = null;
  /** When requests were answered with a 429, since the beginning, ms. */
  readonly throttledAt: number[] = [];
  /** Mails whose answer was lost: they may have arrived. */
  readonly #unansweredMails = new Set<string>();
  /** By process: licence writes that were answered, and how many of them were refused because others were under way. */
  readonly #licences = new WeakMap<object, { answered: number; parallel: number }>();
  /** By process. */
  #told = new WeakMap<object, Told>();

  /** The clock of the machine was set: by it the time may have passed. */
  forgetTimes(): void {
    this.#told = new WeakMap();
  }

  /** What was broken first; the product would take it for an answer of the network. */
  broken: unknown = null;

  /** A request as it reaches the tenant. */
  sent(request: Seen): void {
    try {
      this.#judge(request);
    } catch (error) {
      this.broken ??= error;
    }
  }

  #judge({ method, url, headers, text, sender }: Seen): void {
    if (!url.pathname.startsWith(ROOT)) return;
    const what = `${method} ${url.pathname}`;
    const id = headers['client-request-id'] ?? '';
    keep(/^Bearer \S+$/.test(headers.authorization ?? ''), 'every request has a token', what);
    keep(headers.accept === 'application/json', 'every request says that it wants JSON', what);
    keep(!this.#unansweredMails.has(text), 'a mail without an answer is not sent again', what);
    const isAgain = (this.#ids.get(id) ?? 0) > 0;
    this.#named(id, what);
    this.#ranked(headers['x-ms-throttle-priority'], what);
    const parts = partsOf(url, text);
    const isBatch = url.pathname.endsWith('/$batch');
    const numbers = new Set(parts.map((part) => part.id));
    keep(!isBatch || parts.length > 0, 'a batch has requests', what);
    keep(parts.length <= MOST_IN_A_BATCH, `a batch has ${MOST_IN_A_BATCH} requests at most`, String(parts.length));
    keep(numbers.size === parts.length, 'the requests of a batch can be told apart', what);
    if (!isBatch) this.#patient(sender, `${method} ${url.pathname}`);
    for (const part of parts) {
      const { 'client-request-id': own = '', 'x-ms-throttle-priority': rank } = part.headers ?? {};
      if (!isAgain) this.#named(own, keyOf(part));
      this.#ranked(rank, keyOf(part));
      this.#patient(sender, keyOf(part));
    }
  }

  /** No answer leaves the tenant, or it is lost on its way. */
  unanswered({ url, text }: Seen): void {
    if (url.pathname.endsWith('/sendMail')) this.#unansweredMails.add(text);
  }

  /** An answer as it leaves the tenant. */
  answered({ method, url, headers, text, sender }: Seen, { status, headers: said, body }: Said): void {
    if (!url.pathname.startsWith(ROOT)) return;
    if (status === 401) {
      const id = headers['client-request-id'] ?? '';
      const times = (this.#ids.get(id) ?? 0) + 1;
      this.#ids.set(id, times);
      if (times > 1) this.refusedTwiceAt = virtualTime.elapsed();
    }
    const parts = partsOf(url, text);
    if (status === 429 && parts.length === 0) this.#toldToWait(sender, `${method} ${url.pathname}`, said);
    for (const part of parts) {
      const answers = (body as { responses?: SubAnswer[] } | undefined)?.responses;
      const own = status === 429 ? { status, headers: said } : answers?.find(({ id }) => id === part.id);
      if (own?.status === 429) this.#toldToWait(sender, keyOf(part), own.headers ?? {});
      if (own && part.url?.endsWith('/assignLicense'))
        this.#licensed(sender, JSON.stringify((own as SubAnswer).body ?? null));
      if (own && isLookup(part)) this.#lookedUp(sender, `${part.method} ${part.url}`, own.status === 401);
    }
  }

  #licensed(sender: object, body: string): void {
    const counted = this.#licences.get(sender) ?? { answered: 0, parallel: 0 };
    this.#licences.set(sender, counted);
    counted.answered += 1;
    if (body.includes('Directory_ConcurrencyViolation')) counted.parallel += 1;
    const { answered, parallel } = counted;
    if (answered >= MANY_LICENCES && parallel > answered / 2)
      this.broken ??= new BrokenPromise(
        'licence writes keep to what the tenant bears at once',
        `${parallel} of ${answered}`,
      );
  }

  #lookedUp(sender: object, key: string, isRefused: boolean): void {
    const refused = this.#refusedLookups.get(sender) ?? new Set();
    this.#refusedLookups.set(sender, refused);
    if (isRefused && refused.has(key)) this.refusedTwiceAt = virtualTime.elapsed();
    if (isRefused) refused.add(key);
    else refused.delete(key);
  }

  #toldToWait(sender: object, key: string, headers: Readonly<Record<string, unknown>>): void {
    const now = virtualTime.elapsed();
    this.throttledAt.push(now);
    // Another mail of the same sender is another request.
    if (key.startsWith('GET ') || key.endsWith('/sendMail')) return;
    const seconds = Number(Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1]);
    const told: Told = this.#told.get(sender) ?? new Map();
    this.#told.set(sender, told);
    const since = told.get(key)?.since ?? now;
    const isShort = seconds > 0 && seconds <= PATIENT_S && now - since <= PATIENT_MS;
    told.set(key, { since, until: isShort ? now + seconds * 1000 : 0 });
  }

  /** Support finds a request by its id: each has its own, and only one that was refused with 401 comes again with it. */
  #named(id: string, what: string): void {
    keep(UUID.test(id), 'every request has a client-request-id', what);
    keep(this.#ids.get(id) !== 0, 'a client-request-id names one request', `${what}: ${id}`);
    if (!this.#ids.has(id)) this.#ids.set(id, 0);
  }

  #ranked(rank: string | undefined, what: string): void {
    keep(rank === 'high' || rank === 'low', 'every request says how urgent it is', `${what}: ${rank}`);
  }

  #patient(sender: object, key: string): void {
    const { until = 0 } = this.#told.get(sender)?.get(key) ?? {};
    keep(virtualTime.elapsed() >= until, 'Retry-After is obeyed', `${key}: ${until - virtualTime.elapsed()} ms early`);
  }
}
