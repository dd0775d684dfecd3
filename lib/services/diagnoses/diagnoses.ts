/** “Why is there no mailbox?” for the web: asks the engine to read the facts, and shows the causes that follow from them. */
import { z } from 'zod';
import { type DiagnosisRow, diagnosisOf, requestDiagnosis as store } from '#db/store/diagnoses/diagnoses.ts';
import { type PersonRow, personByUpn } from '#db/store/people/people-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { type Cause, type Diagnosis, diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import { type Facts, factsSchema } from '#lib/domain/diagnosis/facts.ts';
import { sayingText } from '#lib/domain/diagnosis/sayings.ts';
import { upnKey } from '#lib/domain/person.ts';
import { readEnv } from '#lib/env.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { causeWords } from '#lib/words/causes.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { answerIn } from '#lib/words/sentences.ts';
import { packetText } from './packet.ts';
import { type PortalLink, portalLinks } from './portals.ts';

interface CauseItem extends Pick<Cause, 'code' | 'title' | 'strength' | 'disproof' | 'fix'> {
  /** Each fact by Microsoft's name, and what it says. */
  evidence: { fact: string; says: string }[];
  /** Who can mend it, in words. */
  mender: string;
  links: PortalLink[];
}

export interface DiagnosisDetail {
  userPrincipalName: string;
  requestedAt: number;
  requestedBy: string;
  /** Null while it is read. */
  finishedAt: number | null;
  /** Why nothing could be read; null: it could, or it is under way. */
  problem: string | null;
  /** Null until something was read. */
  verdict: Diagnosis['kind'] | null;
  /** The likeliest first. */
  causes: CauseItem[];
  /** The person has changed its state since it was read. */
  isOutdated: boolean;
  /** What could not be read, in words. */
  unread: { what: string; why: string }[];
  /** For a ticket with Microsoft's support; null until something was read. */
  packet: string | null;
}

export interface DiagnosisPage {
  /** The name as it was typed; null: none. */
  userPrincipalName: string | null;
  /** Somebody whom a file named; null: nobody with this name. */
  person: { id: number; displayName: string } | null;
  diagnosis: DiagnosisDetail | null;
}

function toCause({ code, strength, mender, pages, evidence }: Cause, facts: Facts, language: Language): CauseItem {
  const { causes, sayings } = causeWords(language);
  const { title, disproof, fix } = causes[code];
  const accountId = facts.account.kind === 'read' ? (facts.account.value?.id ?? null) : null;
  return {
    code,
    title,
    strength,
    disproof,
    fix,
    evidence: evidence.map(({ fact, saying }) => ({ fact, says: sayingText(saying, sayings) })),
    mender: sayIn(language, 'causeLabels')(`mender.${mender}`),
    links: portalLinks(pages, accountId, readEnv().graph.baseUrl, language),
  };
}

function toDetail(row: DiagnosisRow, person: PersonRow | null, language: Language): DiagnosisDetail {
  const say = sayIn(language, 'causeLabels');
  const { userPrincipalName, requestedAt, requestedBy, finishedAt, problem } = row;
  const facts = row.facts === null ? null : (factsSchema.safeParse(row.facts).data ?? null);
  const diagnosis = facts && diagnose(facts);
  return {
    userPrincipalName,
    requestedAt,
    requestedBy,
    finishedAt,
    problem: row.facts !== null && facts === null ? say('earlier') : problem && answerIn(language, problem),
    isOutdated: facts !== null && person !== null && person.stateSince > facts.at,
    verdict: diagnosis?.kind ?? null,
    causes:
      facts && diagnosis && 'causes' in diagnosis
        ? diagnosis.causes.map((cause) => toCause(cause, facts, language))
        : [],
    unread: (diagnosis?.unread ?? []).map(({ reading, why }) => ({
      what: say(`reading.${reading}`),
      why: answerIn(language, why),
    })),
    packet: facts && diagnosis ? packetText(facts, diagnosis) : null,
  };
}

/** A UserPrincipalName, as operators type one. */
const upnSchema = z
  .string()
  .trim()
  .max(256, 'A UserPrincipalName has at most 256 characters.')
  .regex(/^[^\s@]+@[^\s@]+$/, 'Type a UserPrincipalName such as ada@contoso.com.');

/** The last diagnosis of a name, whoever has it. `input`: `{ upn }`, from an address: one that is not a name counts as none. */
export function readDiagnosis(operator: Operator | null, input: unknown, language: Language = 'en'): DiagnosisPage {
  authorise(operator, 'people:read');
  const { upn } = parseInput(z.object({ upn: upnSchema.nullable().catch(null).default(null) }), input);
  if (upn === null) return { userPrincipalName: null, person: null, diagnosis: null };
  const db = database();
  const person = personByUpn(db, upnKey(upn));
  const row = diagnosisOf(db, upn);
  return {
    userPrincipalName: upn,
    person: person && { id: person.id, displayName: person.displayName },
    diagnosis: row && toDetail(row, person, language),
  };
}

/** Has the engine read the facts, within a second. Nothing is written to Microsoft 365. `input`: `{ userPrincipalName }`. */
export function requestDiagnosis(operator: Operator | null, input: unknown): void {
  authorise(operator, 'people:act');
  const { userPrincipalName } = parseInput(z.object({ userPrincipalName: upnSchema }), input);
  database().transaction((tx) => store(tx, userPrincipalName, operator, Date.now()), { behavior: 'immediate' });
}
