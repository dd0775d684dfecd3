import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { can, type Permission, ROLES } from '#lib/auth/roles.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

/** What each verb needs. A verb that is not here fails the test below. */
const REQUIRED_PERMISSIONS: Record<string, Record<string, Permission>> = {
  'approvals/approvals.ts': {
    listApprovals: 'people:read',
    approveGroup: 'people:approve',
    rejectGroup: 'people:approve',
  },
  'drafts/draft-corrections.ts': {
    correctDraft: 'files:upload',
    correctSame: 'files:upload',
    correctAlike: 'files:upload',
    matchDraftColumns: 'files:upload',
  },
  'drafts/draft-preview.ts': { startPreview: 'files:upload', readPreview: 'files:upload', importDraft: 'files:upload' },
  'drafts/drafts.ts': {
    createDraft: 'files:upload',
    listDrafts: 'files:upload',
    readDraftQuota: 'files:upload',
    readDraft: 'files:upload',
    readDraftRows: 'files:upload',
    readReviewProgress: 'files:upload',
    discardDraft: 'files:upload',
  },
  'diagnoses/diagnoses.ts': { readDiagnosis: 'people:read', requestDiagnosis: 'people:act' },
  'files/file-people.ts': { readFilePeople: 'files:read' },
  'files/file-plan.ts': { comparePlan: 'files:read' },
  'files/file-results.ts': { downloadResults: 'files:read' },
  'files/original.ts': { downloadOriginal: 'files:read' },
  'files/template.ts': { downloadTemplate: 'files:upload' },
  'files/files.ts': { listFiles: 'files:read', readFile: 'files:read', uploadFile: 'files:upload' },
  'views/views.ts': { listViews: 'people:read', saveView: 'people:read', removeView: 'people:read' },
  'history/evidence.ts': { exportEvidence: 'history:read' },
  'history/history.ts': { listHistory: 'history:read', readDeed: 'history:read', exportHistory: 'history:read' },
  'help/guides.ts': { readGuideText: 'help:read' },
  'mail/mails.ts': {
    listMails: 'mail:read',
    previewReport: 'settings:read',
    readMail: 'mail:read',
    sendTestMail: 'settings:write',
  },
  'mappings/licences.ts': { readLicences: 'mappings:read' },
  'mappings/mapping-changes.ts': {
    previewMapping: 'mappings:write',
    publishMapping: 'mappings:write',
  },
  'mappings/mapping-news.ts': { readMappingNews: 'mappings:read' },
  'mappings/mapping-removal.ts': { previewRemoval: 'mappings:write', removeMapping: 'mappings:write' },
  'mappings/mappings.ts': {
    listMappings: 'mappings:read',
    readMappingEditor: 'mappings:read',
    readMappingHistory: 'mappings:read',
  },
  'overview/overview.ts': { readOverview: 'people:read' },
  'find/find.ts': { findAnything: 'people:read', saveList: 'people:read' },
  'trends/trends.ts': { readTrends: 'people:read', downloadTrend: 'people:read' },
  'people/people.ts': { listPeople: 'people:read', readPerson: 'people:read' },
  'people/actions/people-bulk.ts': { actOnMatching: 'people:act' },
  'people/people-export.ts': { exportPeople: 'people:read' },
  'people/actions/person-edits.ts': {
    editPersonValues: 'people:act',
    setLocation: 'people:act',
    notePerson: 'people:act',
    takeOnPerson: 'people:act',
    undoDismissals: 'people:act',
  },
  'people/actions/people-moves.ts': {
    licensePeopleNow: 'people:act',
    licensePeopleAnyway: 'people:act',
    answerAboutLicence: 'people:act',
    retryPeople: 'people:act',
    approvePeople: 'people:approve',
    rejectPeople: 'people:approve',
    dismissPeople: 'people:act',
    reopenPeople: 'people:act',
  },
  'people/actions/row-choice.ts': { chooseRow: 'people:act' },
  'row-cases/row-cases.ts': { listRowCases: 'people:read', readRowCase: 'people:read' },
  'row-cases/row-case-upload.ts': { openAsUpload: 'files:upload' },
  'row-cases/row-case-actions.ts': {
    correctRowCase: 'people:act',
    correctAlikeCases: 'people:act',
    closeRowCases: 'people:act',
    closeFileCases: 'people:act',
    reopenRowCases: 'people:act',
  },
  'live/live-updates.ts': { readLiveUpdate: 'runs:read' },
  'runs/re-run.ts': { readReRun: 'runs:read' },
  'runs/run-requests.ts': { startRun: 'runs:start', requestReRun: 'runs:start', cancelRun: 'runs:start' },
  'runs/runs.ts': { listRuns: 'runs:read', readRun: 'runs:read', readRunLog: 'runs:read' },
  'settings/settings.ts': {
    readSettings: 'settings:read',
    organisationZone: 'people:read',
    previewSchedule: 'settings:read',
    saveSettings: 'settings:write',
  },
  'sessions/sessions.ts': {
    listSessions: 'sessions:own',
    endSession: 'sessions:own',
    signOutEverywhere: 'sessions:own',
    endSessionsOf: 'sessions:manage',
    stayActive: 'sessions:own',
  },
  'starts/planned-starts.ts': { planStart: 'people:act', unplanStart: 'people:act' },
  'starts/start-forecast.ts': { readStartForecast: 'mappings:read' },
  'settings/setup.ts': { readSetup: 'setup:check', requestCheck: 'setup:check' },
};

/** Files without a verb: they give no data and change none. */
const NO_VERBS = [
  'mappings/seats.ts',
  'people/waiting-place.ts',
  'people/playbook.ts',
  'people/actions/cures.ts',
  'row-cases/case-item.ts',
  'row-cases/case-review.ts',
  'row-cases/open-cases.ts',
  'http/csv.ts',
  'runs/attempts.ts',
  'runs/re-run-choice.ts',
  'overview/cases.ts',
  'overview/cycles.ts',
  'overview/health-notes.ts',
  'http/database.ts',
  'diagnoses/packet.ts',
  'diagnoses/portals.ts',
  'drafts/draft-labels.ts',
  'drafts/draft-owner.ts',
  'drafts/seen-reviews.ts',
  'http/errors.ts',
  'http/input-problem.ts',
  'history/deeds.ts',
  'history/history-changes.ts',
  'history/event-text.ts',
  'history/history-labels.ts',
  'history/read-deeds.ts',
  'http/http.ts',
  'http/kept.ts',
  'http/json-text.ts',
  'files/scan-upload.ts',
  'files/store-upload.ts',
  'http/listing.ts',
  'live/live-stream.ts',
  'people/actions/check-now.ts',
  'people/next-check.ts',
  'people/disputed-rows.ts',
  'mappings/mapped-licences.ts',
  'mappings/mapping-publish.ts',
  'mappings/mapping-versions.ts',
  'people/actions/seen-people.ts',
  'find/pasted-names.ts',
  'people/people-filter.ts',
  'people/actions/people-verbs.ts',
  'people/actions/person-actions.ts',
  'people/person-item.ts',
  'people/plan-text.ts',
  'files/reconciliation.ts',
  'runs/run-item.ts',
  'settings/check-results.ts',
  'settings/drop-folder-roots.ts',
  'settings/schedule-plan.ts',
  'people/actions/second-person.ts',
  'files/row-changes.ts',
  'people/timeline.ts',
  'starts/start-groups.ts',
];

const FOLDER = path.join(import.meta.dirname, '..', '..', 'lib', 'services');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

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
          needs: REQUIRED_PERMISSIONS[file]?.[name],
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
  expect(files.toSorted()).toEqual([...Object.keys(REQUIRED_PERMISSIONS), ...NO_VERBS].toSorted());
  const listed = Object.entries(REQUIRED_PERMISSIONS).flatMap(([file, names]) =>
    Object.keys(names).map((name) => `${file} ${name}`),
  );
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
