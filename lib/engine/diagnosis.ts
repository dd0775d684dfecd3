/** Reads from Microsoft 365 why somebody has no mailbox, for operators who ask and for mailboxes that are late. Reads only. */
import { type DiagnosisRow, finishDiagnosis, openDiagnoses } from '#db/store/diagnoses/diagnoses.ts';
import { mappingRowOf, personByUpn } from '#db/store/people/people-read.ts';
import type { ReadingValue } from '#lib/domain/diagnosis/facts.ts';
import { mappedLicencesSchema } from '#lib/domain/licences/mapping.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { log } from '#lib/log.ts';
import type { Engine } from './create-engine.ts';

/** Read together, so that their requests share batches. */
const AT_ONCE = 20;

/** `urgent`: those that operators wait for; otherwise those of late mailboxes. Each is finished, with what was read or with why not. */
export async function readDiagnoses(
  engine: Pick<Engine, 'db' | 'directory'>,
  urgent: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { db } = engine;
  let open = openDiagnoses(db, urgent, AT_ONCE);
  while (open.length > 0 && !signal.aborted) {
    await Promise.all(open.map((row) => readDiagnosis(engine, row, signal)));
    open = openDiagnoses(db, urgent, AT_ONCE);
  }
}

async function readDiagnosis(
  { db, directory }: Pick<Engine, 'db' | 'directory'>,
  row: DiagnosisRow,
  signal: AbortSignal,
): Promise<void> {
  try {
    const question = { userPrincipalName: row.userPrincipalName, ...knownOf(db, row) };
    const facts = await directory.readFacts(question, { urgent: row.isUrgent, signal, traffic: noTraffic() });
    finishDiagnosis(db, row, { facts }, Date.now());
  } catch (error) {
    // A server that stops leaves it open for the next start.
    if (signal.aborted) return;
    if (!(error instanceof DirectoryError)) log.error({ err: error }, 'a diagnosis failed');
    const problem = error instanceof DirectoryError ? error.message : 'It failed; the server log says why.';
    finishDiagnosis(db, row, { problem }, Date.now());
  }
}

function knownOf(
  db: Engine['db'],
  { upnKey }: DiagnosisRow,
): { accountId: string | null; record: ReadingValue<'record'> } {
  const person = personByUpn(db, upnKey);
  if (!person) return { accountId: null, record: null };
  const { accountId, state, reason, startDate, licensedAt, provisioningRetriedAt, licencesReprocessedAt } = person;
  const licences = mappedLicencesSchema.safeParse(mappingRowOf(db, person)?.licences).data ?? [];
  const wantedSkus = licences.map(({ skuPartNumber }) => skuPartNumber);
  const known = { state, reason, accountId, startDate, licensedAt, wantedSkus };
  const record = { ...known, provisioningRetriedAt, licencesReprocessedAt };
  return { accountId, record };
}
