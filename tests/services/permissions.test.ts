import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { can, type Permission, ROLES } from '#lib/auth/roles.ts';
import { ServiceError } from '#lib/services/errors.ts';
import { openServicesDatabase, operator } from './world.ts';

/** What each verb needs. A verb that is not here fails the test below. */
const NEEDS: Record<string, Record<string, Permission>> = {
  'approvals.ts': { listApprovals: 'people:read', approveGroup: 'people:approve', rejectGroup: 'people:approve' },
  'draft-mending.ts': { correctDraft: 'files:upload', correctAlike: 'files:upload', matchDraftColumns: 'files:upload' },
  'draft-preview.ts': { startPreview: 'files:upload', readPreview: 'files:upload', takeInDraft: 'files:upload' },
  'drafts.ts': {
    createDraft: 'files:upload',
    listDrafts: 'files:upload',
    readDraft: 'files:upload',
    readDraftRows: 'files:upload',
    readReviewProgress: 'files:upload',
    discardDraft: 'files:upload',
  },
  'file-plan.ts': { comparePlan: 'files:read' },
  'file-results.ts': { downloadResults: 'files:read' },
  'files.ts': { listFiles: 'files:read', readFile: 'files:read', uploadFile: 'files:upload' },
  'history.ts': { listHistory: 'history:read', exportHistory: 'history:read' },
  'mails.ts': { listMails: 'mail:read', readMail: 'mail:read', sendTestMail: 'settings:write' },
  'licences.ts': { readLicences: 'mappings:read' },
  'mapping-changes.ts': {
    previewMapping: 'mappings:write',
    publishMapping: 'mappings:write',
  },
  'mapping-news.ts': { readMappingNews: 'mappings:read' },
  'mapping-removal.ts': { previewRemoval: 'mappings:write', removeMapping: 'mappings:write' },
  'mappings.ts': {
    listMappings: 'mappings:read',
    readMappingEditor: 'mappings:read',
    readMappingHistory: 'mappings:read',
  },
  'overview.ts': { readOverview: 'people:read' },
  'find.ts': { findAnything: 'people:read', keepList: 'people:read' },
  'people.ts': { listPeople: 'people:read', readPerson: 'people:read' },
  'people-bulk.ts': { actOnMatching: 'people:act' },
  'people-export.ts': { exportPeople: 'people:read' },
  'person-edits.ts': {
    editPersonValues: 'people:act',
    setLocation: 'people:act',
    notePerson: 'people:act',
    takeOnPerson: 'people:act',
    undoDismissals: 'people:act',
  },
  'people-moves.ts': {
    retryPeople: 'people:act',
    approvePeople: 'people:approve',
    rejectPeople: 'people:approve',
    dismissPeople: 'people:act',
    reopenPeople: 'people:act',
  },
  'pulse.ts': { readPulse: 'runs:read' },
  'again.ts': { readAgain: 'runs:read' },
  'run-requests.ts': { startRun: 'runs:start', runAgain: 'runs:start', cancelRun: 'runs:start' },
  'runs.ts': { listRuns: 'runs:read', readRun: 'runs:read', readRunLog: 'runs:read' },
  'settings.ts': {
    readSettings: 'settings:read',
    previewSchedule: 'settings:read',
    saveSettings: 'settings:write',
  },
  'setup.ts': { readSetup: 'setup:check', requestCheck: 'setup:check' },
};

/** Files without a verb: they give no data and change none. */
const NO_VERBS = [
  'again-choice.ts',
  'cases.ts',
  'database.ts',
  'draft-words.ts',
  'errors.ts',
  'history-changes.ts',
  'history-words.ts',
  'http.ts',
  'json-text.ts',
  'keep-upload.ts',
  'listing.ts',
  'live-stream.ts',
  'look-at-once.ts',
  'mapping-versions.ts',
  'move-people.ts',
  'pasted-names.ts',
  'people-filter.ts',
  'person-actions.ts',
  'person-item.ts',
  'row-equation.ts',
  'run-item.ts',
  'schedule-plan.ts',
  'second-person.ts',
  'timeline.ts',
  'usual-time.ts',
];

const FOLDER = path.join(import.meta.dirname, '..', '..', 'lib', 'services');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));

openServicesDatabase();

type Verb = (operator: unknown, input: unknown) => unknown;

/** Every exported function of a module takes the operator first: that is what this test is about. */
function verbsOf(module: Record<string, unknown>): [string, Verb][] {
  return Object.entries(module).filter((entry): entry is [string, Verb] => typeof entry[1] === 'function');
}

const verbs = (
  await Promise.all(
    files
      .filter((file) => !NO_VERBS.includes(file))
      .map(async (file) =>
        verbsOf(await import(path.join(FOLDER, file))).map(([name, verb]) => ({
          file,
          name,
          verb,
          needs: NEEDS[file]?.[name],
        })),
      ),
  )
).flat();

/** The code of the refusal; null where the verb did not refuse. */
async function refusal(call: () => unknown): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    return error instanceof ServiceError ? error.code : `not a refusal: ${String(error)}`;
  }
}

test('every service file is known here, and every verb of the table exists', () => {
  expect(files.toSorted()).toEqual([...Object.keys(NEEDS), ...NO_VERBS].toSorted());
  const listed = Object.entries(NEEDS).flatMap(([file, names]) => Object.keys(names).map((name) => `${file} ${name}`));
  expect(verbs.map(({ file, name }) => `${file} ${name}`).toSorted()).toEqual(listed.toSorted());
});

describe.each(verbs)('$file $name', ({ verb, needs }) => {
  test('refuses someone who is not signed in', async () => {
    expect(await refusal(() => verb(null, {}))).toBe('unauthenticated');
  });

  test('refuses every role that is too weak, and no other', async () => {
    for (const role of ROLES) {
      const refused = (await refusal(() => verb(operator(role), {}))) === 'forbidden';
      expect({ role, refused }).toEqual({ role, refused: needs === undefined || !can(role, needs) });
    }
  });
});
