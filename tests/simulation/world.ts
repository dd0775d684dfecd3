/** Runs a scenario: the product's own server on a simulated machine, until everything is as it must be or a promise is broken. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getTasks } from 'node-cron';
import { sharedDatabase } from '#db/client.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { demoSku, skuIdOf } from '#lib/demo/tenant/skus.ts';
import { Tenant } from '#lib/demo/tenant/tenant.ts';
import { guidOf } from '#lib/demo/tenant/users.ts';
import { type Scheduler, startScheduler } from '#lib/engine/scheduler.ts';
import { readEnv } from '#lib/env.ts';
import { saveSettings } from '#lib/services/settings/settings.ts';
import { BrokenPromise } from './broken-promise.ts';
import { bytesOf } from './csv.ts';
import { Etiquette } from './etiquette.ts';
import { Invariants } from './invariants.ts';
import { Observer } from './observer.ts';
import { ADMIN, act, type Touched } from './operators.ts';
import { Dice } from './platform/chance.ts';
import { GRAPH_URL, type Machine, setMachine } from './platform/machine.ts';
import { DeadProcessError, kill, newProcess, type SimulatedProcess, within } from './platform/process.ts';
import { virtualTime } from './platform/virtual-time.ts';
import type { CrashPoint, Disturbance, Happening, PlannedFile, Scenario } from './scenario.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A timer for what is due may be later by as much: the server asks every five seconds whether a mailbox is to be watched. */
const JUST_DUE_MS = 6000;
/** A server that cannot start is started again by its service manager after so long. */
const RESTART_MS = MINUTE;
/** Nothing is to be done: the machine sleeps so long at most, less where progress is measured. */
const LONGEST_SLEEP_MS = 40 * MINUTE;
const CALM_SLEEP_MS = 5 * MINUTE;
const SLEEP_AT_WORK_MS = 2 * SECOND;
/** Steps without which no scenario ends: more is a loop. */
const MOST_STEPS = 3_000_000;

export interface Report {
  seed: number;
  /** The promise that was broken and how; null: none was. */
  broken: { promise: string; detail: string; atMs: number } | null;
  /** A hash of everything that happened. */
  trace: string;
  virtualHours: number;
  steps: number;
  crashes: number;
  runs: number;
  writes: number;
  people: number;
  /** What happened, in words, for whoever looks into a seed. */
  story: string[];
}

interface Appointment {
  at: number;
  keep: () => void;
}

/** A memory disk where there is one: every transaction waits for the disk. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export class World {
  readonly scenario: Scenario;
  readonly tenant: Tenant;
  readonly machine: Machine;
  readonly touched: Touched = { people: new Set(), types: new Set(), rules: false, safetyLimits: [] };
  readonly etiquette = new Etiquette();
  readonly dropped = new Map<string, PlannedFile & { sha256: string }>();
  readonly dataDir: string;
  readonly dropFolder: string;
  readonly story: string[] = [];
  crashes = 0;
  servers: { process: SimulatedProcess; scheduler: Promise<Scheduler> }[] = [];
  isCalm = false;
  #steps = 0;
  #appointments: Appointment[] = [];
  /** What happens in the middle of the next work, so many steps into it: at a random moment next to nothing is under way. */
  #atWork: { steps: number; strike: () => void }[] = [];
  /** What happens just after something was done: its answer, or its record, is still to come. */
  #afterDone: { isDone: () => boolean; strike: () => void }[] = [];
  #observer: Observer | null = null;

  readonly #clearAway = () => rmSync(this.dataDir, { recursive: true, force: true });

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    virtualTime.begin(scenario.beginsAt);
    base.now = scenario.beginsAt;
    const { people, seats, behaviour, seed, networkMs, taskMs } = scenario;
    const users = people.flatMap(({ account }) => account ?? []);
    const sender = { userPrincipalName: 'autoprovision@contoso.example', mailboxIsOpen: true };
    const skus = [
      demoSku('EXCHANGESTANDARD', seats.E),
      demoSku('EXCHANGEDESKLESS', seats.N),
      demoSku('ENTERPRISEPACK', 50),
    ];
    this.tenant = new Tenant({ users: [...users, sender], skus, behaviour, randomSeed: seed }, { now: trueTime });
    this.machine = {
      dice: new Dice(~seed),
      tenant: this.tenant,
      etiquette: this.etiquette,
      networkMs,
      taskMs,
      diskFaults: [],
      killAfterOperations: null,
    };
    this.dataDir = mkdtempSync(path.join(SCRATCH, 'simulation-'));
    process.once('exit', this.#clearAway);
    this.dropFolder = path.join(this.dataDir, 'idm');
    process.env.DATA_DIR = this.dataDir;
    process.env.SAFETY_LIMIT = String(scenario.safetyLimit);
    process.env.REPORT_TO = scenario.sendsReports ? 'helpdesk@contoso.example' : '';
    process.env.REPORT_FROM = 'autoprovision@contoso.example';
    setMachine({ ...this.machine, dice: new Dice(0) });
    copyTemplate(this.dataDir);
    setMachine(this.machine);
  }

  get db(): Observer {
    this.#observer ??= new Observer(readEnv().databaseFile);
    return this.#observer;
  }

  /** By the wall clock as it would be had nobody set it, ms. */
  get now(): number {
    return trueTime();
  }

  tell(what: string): void {
    this.story.push(`${new Date(this.now).toISOString().slice(5, 19)} ${what}`);
  }

  /** Until everything is as it must be, a promise is broken, or `untilMs` since the beginning is reached. */
  async run(untilMs = Number.POSITIVE_INFINITY): Promise<Report> {
    const invariants = new Invariants(this);
    let broken: Report['broken'] = null;
    const complain = (error: unknown) => {
      if (broken) return;
      const promise = error instanceof BrokenPromise ? error.promise : 'nothing unexpected is thrown';
      const detail = error instanceof BrokenPromise ? error.message : ((error as Error).stack ?? String(error));
      broken = { promise, detail, atMs: virtualTime.elapsed() };
    };
    const onRejection = (error: unknown) => {
      if (!isOfTheDead(error)) complain(error);
    };
    process.on('unhandledRejection', onRejection);
    try {
      this.tenant.onChange = () => invariants.afterWrites();
      this.#prepare();
      while (!broken && virtualTime.elapsed() <= untilMs) {
        await virtualTime.settle();
        // Before the next timer too: where the schedule is due every minute, that one begins the next run.
        invariants.afterStep();
        if (invariants.isFinished()) break;
        this.#revive();
        if (this.#steps++ > MOST_STEPS) throw new BrokenPromise('every wait ends', `after ${MOST_STEPS} steps`);
        this.#advance();
        invariants.afterStep();
      }
      if (!broken && invariants.isFinished()) invariants.atEnd();
    } catch (error) {
      complain(error);
    }
    process.off('unhandledRejection', onRejection);
    const report = this.#report(broken);
    this.#tearDown();
    return report;
  }

  #prepare(): void {
    const { timeZone, schedule, attentionCheckHours, files, disturbances, calmAt, unreadableAt } = this.scenario;
    mkdirSync(this.dropFolder, { recursive: true });
    this.boot();
    this.serving(() => saveSettings(ADMIN, { timeZone, schedule, attentionCheckHours, backupTime: '' }));
    for (const [n, file] of files.entries()) this.appoint(file.at, () => this.#drop(file, n));
    if (unreadableAt !== null) this.appoint(unreadableAt, () => this.#dropUnreadable());
    for (const disturbance of disturbances) {
      this.appoint(disturbance.at, () => {
        const end = this.#begin(disturbance);
        if (end) this.appoint(virtualTime.elapsed() + disturbance.forMs, end);
      });
    }
    this.appoint(calmAt, () => this.#calmDown());
  }

  appoint(at: number, keep: () => void): void {
    this.#appointments.push({ at, keep });
    this.#appointments.sort((a, b) => a.at - b.at);
  }

  /** Starts a server; one that fails to start is started again later, as by a service manager. */
  boot(): void {
    const server = newProcess(`server ${this.crashes}`);
    const scheduler = within(server, () =>
      startScheduler(async () => ({ url: GRAPH_URL, credentials: DEMO_CREDENTIALS, close: async () => {} })),
    );
    this.servers.push({ process: server, scheduler });
    scheduler.catch((error: unknown) => {
      if (!isOfTheDead(error)) this.tell(`the server did not start: ${(error as Error).message}`);
      kill(server);
    });
  }

  /** Something is done in the server's process, as for a browser; nothing where no server is up. */
  serving<T>(work: () => T): T | null {
    const server = this.servers.find(({ process }) => !process.isDead && process.globals.has('autoprovisionDb'));
    if (!server) return null;
    try {
      return within(server.process, work);
    } catch (error) {
      // A page that cannot be served says so.
      if (isOfTheDead(error) || isDiskError(error)) return null;
      throw error;
    }
  }

  /** What died is cleared away, and started again when its time comes. */
  #revive(): void {
    const dead = this.servers.filter(({ process }) => process.isDead);
    if (dead.length === 0) return;
    this.servers = this.servers.filter(({ process }) => !process.isDead);
    this.crashes += dead.length;
    if (this.servers.length > 0) return;
    this.tell('the server is gone');
    this.machine.killAfterOperations = null;
    this.appoint(virtualTime.elapsed() + RESTART_MS, () => {
      if (this.servers.length === 0) this.boot();
    });
  }

  #strikeAtWork(): void {
    const [next] = this.#afterDone;
    if (next?.isDone()) {
      this.#afterDone.shift();
      next.strike();
    }
    const [first] = this.#atWork;
    if (!first || this.servers.every(({ process }) => process.requests === 0)) return;
    if (first.steps-- > 0) return;
    this.#atWork.shift();
    first.strike();
  }

  #advance(): void {
    this.#strikeAtWork();
    const next = this.#appointments[0]?.at ?? Number.POSITIVE_INFINITY;
    const elapsed = virtualTime.elapsed();
    if (next <= elapsed) {
      this.#appointments.shift()?.keep();
      return;
    }
    // What is due comes first: only then the machine may sleep on.
    if (virtualTime.next('any') > elapsed) this.#sleep(elapsed, next);
    virtualTime.step(next);
  }

  #sleep(elapsed: number, next: number): void {
    if (this.#isIdle()) {
      const until = Math.min(
        next,
        elapsed + this.machine.dice.between(MINUTE, this.isCalm ? CALM_SLEEP_MS : LONGEST_SLEEP_MS),
        this.#nextDue(),
      );
      if (until > elapsed) virtualTime.sleepUntil(until);
    } else {
      // Only polls until then: they may come late.
      const until = Math.min(next, virtualTime.next('once'), elapsed + SLEEP_AT_WORK_MS);
      if (until > elapsed + 250) virtualTime.sleepUntil(until - 1);
    }
  }

  #isIdle(): boolean {
    if (this.servers.some(({ process }) => process.requests > 0 || process.tasks > 0)) return false;
    if (this.servers.length === 0) return true;
    const now = virtualTime.now();
    return !this.db
      .kept<{ at: number }>(
        `select 0 as at from runs where status in ('queued', 'running') union all
           select min(coalesce(next_attempt_at, 0)) from outbox where status in ('queued', 'sending') having count(*) > 0`,
      )
      .some(({ at }) => at <= now);
  }

  /** When somebody is due, by `elapsed`; who has just become due is let be checked before the machine sleeps on. */
  #nextDue(): number {
    const wall = virtualTime.now();
    const due = this.db
      .kept<{ at: number }>('select next_check_at as at from people where next_check_at is not null order by 1')
      .find(({ at }) => at > wall - JUST_DUE_MS);
    return due ? virtualTime.elapsed() + due.at - wall : Number.POSITIVE_INFINITY;
  }

  #drop(file: PlannedFile, number: number): void {
    const bytes = bytesOf(file, this.scenario.people);
    const name = `newcomers${number}.csv`;
    const target = path.join(this.dropFolder, name);
    writeFileSync(target, bytes);
    utimesSync(target, virtualTime.now() / SECOND, virtualTime.now() / SECOND);
    this.dropped.set(name, { ...file, sha256: createHash('sha256').update(bytes).digest('hex') });
    for (const upn of file.otherType) this.touched.people.add(upn);
    this.tell(`${name}: ${file.shape}, ${file.people.length} people`);
  }

  /** A file that the service may not read, for good. */
  #dropUnreadable(): void {
    writeFileSync(this.#unreadable, 'UserPrincipalName\n');
    utimesSync(this.#unreadable, virtualTime.now() / SECOND, virtualTime.now() / SECOND);
    this.#forbidUnreadable();
    this.tell('a file that may not be read');
  }

  get #unreadable(): string {
    return path.join(this.dropFolder, 'forbidden.csv');
  }

  #forbidUnreadable(): void {
    if (existsSync(this.#unreadable))
      this.machine.diskFaults.push({ folder: this.#unreadable, code: 'EACCES', probability: 1, call: 'open' });
  }

  /** Begins a disturbance; returns what ends it. */
  #begin({ happening, forMs }: Disturbance): (() => void) | null {
    const { kind } = happening;
    this.tell(`${JSON.stringify(happening)} for ${Math.round(forMs / SECOND)} s`);
    switch (kind) {
      case 'crash':
        return this.#crash(happening, forMs);
      case 'restart':
        return this.#restart();
      case 'second_server':
        return this.#secondServer(happening.endsBy);
      case 'clock':
        this.#setClock(happening.byMs);
        return () => this.#setClock(-happening.byMs);
      case 'operator': {
        const click = () => {
          const done = this.serving(() => act(this.db, happening.action, happening.choice, this.touched));
          if (done) this.tell(`operator: ${done}`);
        };
        if (happening.choice % 2 === 0) click();
        else this.#atWork.push({ steps: happening.choice % 40, strike: click });
        return null;
      }
      case 'disk': {
        const folder = happening.where === 'share' ? this.dropFolder : this.dataDir;
        const { code, probability, only } = happening;
        const fault = { folder, code, probability, ...(only ? { call: only } : {}) };
        this.machine.diskFaults.push(fault);
        return () => void this.machine.diskFaults.splice(this.machine.diskFaults.indexOf(fault), 1);
      }
      case 'database_full':
        return this.#fillDatabase();
      default:
        return this.#disturbTenant(happening);
    }
  }

  #setClock(byMs: number): void {
    virtualTime.setWallClock(virtualTime.now() + byMs);
    this.etiquette.forgetTimes();
  }

  #disturbTenant(happening: Happening): (() => void) | null {
    const { tenant, touched } = this;
    switch (happening.kind) {
      case 'graph':
        tenant.faults.add(happening.rule);
        return () => tenant.faults.clear();
      case 'account_refuses': {
        touched.people.add(happening.person);
        const match = { path: `users/${guidOf(happening.person)}/${happening.call}` };
        const answer = { status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' };
        tenant.faults.add({ kind: 'refused', match, answer });
        return () => tenant.faults.clear();
      }
      case 'permission_missing': {
        const before = tenant.behaviour;
        const permissions = before.permissions.filter((permission) => permission !== happening.permission);
        tenant.behaviour = { ...before, permissions };
        return () => {
          tenant.behaviour = {
            ...tenant.behaviour,
            permissions: [...new Set([...tenant.behaviour.permissions, happening.permission])],
          };
        };
      }
      case 'seats_taken': {
        const sku = tenant.findSku(skuIdOf(happening.type === 'E' ? 'EXCHANGESTANDARD' : 'EXCHANGEDESKLESS'));
        if (!sku) return null;
        const free = Math.max(0, sku.enabled - tenant.consumedUnits(sku));
        const seats = this.scenario.seats[happening.type] === 100 ? free : Math.min(free, happening.seats);
        sku.takenElsewhere += seats;
        return () => {
          sku.takenElsewhere -= seats;
        };
      }
      case 'renamed':
        touched.people.add(happening.person);
        tenant.rename(happening.person, `renamed.${happening.person}`);
        return null;
      case 'deleted': {
        touched.people.add(happening.person);
        const account = this.scenario.people.find((one) => one.userPrincipalName === happening.person)?.account;
        if (!tenant.remove(happening.person) || !happening.comesAgain || !account) return null;
        const { licences: _, mailboxIsOpen: __, ...again } = account;
        // Another account each time, as in any directory: an id never comes again.
        return () => void tenant.plant({ ...again, id: guidOf(`${happening.person} again at ${this.now}`) });
      }
      default:
        return null;
    }
  }

  #crash({ afterOperations, afterDone }: Extract<Happening, { kind: 'crash' }>, forMs: number): null {
    if (afterOperations !== null) {
      this.machine.killAfterOperations = afterOperations;
      return null;
    }
    if (afterDone !== null) {
      this.#afterDone.push({ isDone: this.#onceDone(afterDone), strike: () => this.#killAll(forMs) });
      return null;
    }
    if (forMs % 3 > 0) this.#atWork.push({ steps: forMs % 60, strike: () => this.#killAll(forMs) });
    else this.#killAll(forMs);
    return null;
  }

  /** Tells whether one more has been done since now. */
  #onceDone(what: CrashPoint): () => boolean {
    const count = {
      mail: () => this.tenant.sentMail.length,
      write: () => this.tenant.ledger.length,
      import: () => this.db.count(`from intake_files where moved_at is null and status <> 'importing'`),
    }[what];
    const before = count();
    return () => count() > before;
  }

  #killAll(forMs: number): void {
    this.tell('killed');
    for (const { process } of this.servers) kill(process);
    this.servers = [];
    this.crashes += 1;
    this.machine.killAfterOperations = null;
    this.appoint(virtualTime.elapsed() + forMs, () => {
      if (this.servers.length === 0) this.boot();
    });
  }

  #restart(): () => void {
    const stopping = [...this.servers];
    for (const { process, scheduler } of stopping)
      within(process, () => scheduler.then((server) => server.stop())).then(
        () => kill(process),
        () => kill(process),
      );
    return () => {
      for (const { process } of stopping) kill(process);
      this.servers = this.servers.filter(({ process }) => !process.isDead);
      if (this.servers.length === 0) this.boot();
    };
  }

  #secondServer(endsBy: 'crash' | 'stop'): () => void {
    this.boot();
    const second = this.servers.at(-1);
    return () => {
      if (!second || second.process.isDead || this.servers.length < 2) return;
      if (endsBy === 'crash') kill(second.process);
      else {
        const end = () => kill(second.process);
        within(second.process, () => second.scheduler.then((server) => server.stop())).then(end, end);
      }
    };
  }

  /** No page can be added to the database; what is free inside it can still be written. */
  #fillDatabase(): (() => void) | null {
    const limited = this.servers.flatMap(({ process }) => [...process.databases]);
    for (const database of limited)
      database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    return () => {
      for (const database of limited) if (database.open) database.pragma('max_page_count = 1073741823');
    };
  }

  /** Whatever was wrong is right again, and there are seats for everybody. */
  #calmDown(): void {
    this.tell('calm');
    this.isCalm = true;
    this.tenant.faults.clear();
    this.machine.diskFaults.length = 0;
    this.machine.killAfterOperations = null;
    this.#atWork.length = 0;
    this.#afterDone.length = 0;
    this.#forbidUnreadable();
    for (const sku of this.tenant.skus) {
      sku.takenElsewhere = 0;
      sku.enabled = 1000;
    }
    if (this.servers.every(({ process }) => process.isDead)) this.boot();
    this.appoint(virtualTime.elapsed() + MINUTE, () => void this.serving(() => saveSettings(ADMIN, { paused: false })));
  }

  #report(broken: Report['broken']): Report {
    const hash = createHash('sha256');
    for (const entry of this.tenant.ledger) hash.update(JSON.stringify(entry));
    const read = (sql: string) => this.db.all(sql);
    let runs = 0;
    try {
      hash.update(
        JSON.stringify(
          read('select at, kind, person_id, from_state, to_state, reason, message from events order by id'),
        ),
      );
      hash.update(
        JSON.stringify(read('select id, trigger, status, started_at, finished_at, reason from runs order by id')),
      );
      runs = read('select id from runs').length;
    } catch {
      // The database was never made.
    }
    hash.update(`${this.#steps} ${virtualTime.elapsed()} ${this.tenant.counters.requests}`);
    return {
      seed: this.scenario.seed,
      broken,
      trace: hash.digest('hex').slice(0, 16),
      virtualHours: virtualTime.elapsed() / (60 * MINUTE),
      steps: this.#steps,
      crashes: this.crashes,
      runs,
      writes: this.tenant.ledger.length,
      people: this.scenario.people.length,
      story: this.story,
    };
  }

  #tearDown(): void {
    for (const { process } of this.servers) kill(process);
    this.#observer?.close();
    // Its list of tasks is one for the whole process.
    getTasks().clear();
    process.off('exit', this.#clearAway);
    this.#clearAway();
  }
}

/** Time as it passes outside this machine, whose clock may be set. */
function trueTime(): number {
  return base.now + virtualTime.elapsed();
}

const base = { now: 0 };

function isOfTheDead(error: unknown): boolean {
  if (error instanceof DeadProcessError) return true;
  return error instanceof Error && /database connection is not open|^(ended|killed)$/.test(error.message);
}

function isDiskError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') || ['ENOSPC', 'EIO', 'EACCES'].includes(code);
}

let template: string | null = null;

/** Migrating a new database takes longer than a short scenario: it is done once, and copied. */
function copyTemplate(dataDir: string): void {
  if (template === null) {
    template = mkdtempSync(path.join(SCRATCH, 'simulation-template-'));
    const file = path.join(template, path.basename(readEnv().databaseFile));
    const maker = newProcess('template');
    within(maker, () => sharedDatabase(file).$client.pragma('wal_checkpoint(TRUNCATE)'));
    kill(maker);
    const made = template;
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  cpSync(template, dataDir, { recursive: true });
}
