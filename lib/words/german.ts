/** German: the terms are those of Microsoft’s own German products, the form of address is Sie. */

import { actionsDe } from '#lib/words/de/actions.ts';
import { actorsDe } from '#lib/words/de/actors.ts';
import { approvalGroupsDe } from '#lib/words/de/approval-groups.ts';
import { approvalsDe } from '#lib/words/de/approvals.ts';
import { causeLabelsDe } from '#lib/words/de/cause-labels.ts';
import { changesDe } from '#lib/words/de/changes.ts';
import { checksDe } from '#lib/words/de/checks.ts';
import { controlsDe } from '#lib/words/de/controls.ts';
import { countedDe } from '#lib/words/de/counted.ts';
import { curesDe } from '#lib/words/de/cures.ts';
import { diagnosisDe } from '#lib/words/de/diagnosis.ts';
import { documentsDe } from '#lib/words/de/documents.ts';
import { eventKindsDe } from '#lib/words/de/event-kinds.ts';
import { eventsDe } from '#lib/words/de/events.ts';
import { filesDe } from '#lib/words/de/files.ts';
import { findDe } from '#lib/words/de/find.ts';
import { findingsDe } from '#lib/words/de/findings.ts';
import { frameDe } from '#lib/words/de/frame.ts';
import { healthDe } from '#lib/words/de/health.ts';
import { helpDe } from '#lib/words/de/help.ts';
import { historyDe } from '#lib/words/de/history.ts';
import { historyFiltersDe } from '#lib/words/de/history-filters.ts';
import { inputProblemsDe } from '#lib/words/de/input-problems.ts';
import { keysDe } from '#lib/words/de/keys.ts';
import { licencesDe } from '#lib/words/de/licences.ts';
import { listsDe } from '#lib/words/de/lists.ts';
import { mailDe } from '#lib/words/de/mail.ts';
import { mailsDe } from '#lib/words/de/mails.ts';
import { mappingDe } from '#lib/words/de/mapping.ts';
import { mappingNewsDe } from '#lib/words/de/mapping-news.ts';
import { mappingsDe } from '#lib/words/de/mappings.ts';
import { navigationDe } from '#lib/words/de/navigation.ts';
import { onPremisesDe } from '#lib/words/de/on-premises.ts';
import { overviewDe } from '#lib/words/de/overview.ts';
import { pagerDe } from '#lib/words/de/pager.ts';
import { peopleDe } from '#lib/words/de/people.ts';
import { peopleListDe } from '#lib/words/de/people-list.ts';
import { personDe } from '#lib/words/de/person.ts';
import { personCaseDe } from '#lib/words/de/person-case.ts';
import { plannedStartsDe } from '#lib/words/de/planned-starts.ts';
import { plansDe } from '#lib/words/de/plans.ts';
import { preferencesDe } from '#lib/words/de/preferences.ts';
import { previewsDe } from '#lib/words/de/previews.ts';
import { reasonsGuideDe } from '#lib/words/de/reasons-guide.ts';
import { refusalsDe } from '#lib/words/de/refusals.ts';
import { reportDe } from '#lib/words/de/report.ts';
import { requestsDe } from '#lib/words/de/requests.ts';
import { rowCasesDe } from '#lib/words/de/row-cases.ts';
import { rowsDe } from '#lib/words/de/rows.ts';
import { runDe } from '#lib/words/de/run.ts';
import { runsDe } from '#lib/words/de/runs.ts';
import { schedulesDe } from '#lib/words/de/schedules.ts';
import { seatsDe } from '#lib/words/de/seats.ts';
import { sessionListDe } from '#lib/words/de/session-list.ts';
import { sessionsDe } from '#lib/words/de/sessions.ts';
import { settingNamesDe } from '#lib/words/de/setting-names.ts';
import { settingsDe } from '#lib/words/de/settings.ts';
import { settingsFormDe } from '#lib/words/de/settings-form.ts';
import { setupDe } from '#lib/words/de/setup.ts';
import { signInDe } from '#lib/words/de/sign-in.ts';
import { startsDe } from '#lib/words/de/starts.ts';
import { statesDe } from '#lib/words/de/states.ts';
import { tableDe } from '#lib/words/de/table.ts';
import { timeDe } from '#lib/words/de/time.ts';
import { timelineDe } from '#lib/words/de/timeline.ts';
import { trendsDe } from '#lib/words/de/trends.ts';
import { uploadDe } from '#lib/words/de/upload.ts';
import { uploadDeskDe } from '#lib/words/de/upload-desk.ts';
import { uploadsDe } from '#lib/words/de/uploads.ts';
import { valuesDe } from '#lib/words/de/values.ts';
import type { Area, Translation } from './english.ts';

export const GERMAN: { readonly [Name in Area]: Translation<Name> } = {
  actions: actionsDe,
  actors: actorsDe,
  approvalGroups: approvalGroupsDe,
  approvals: approvalsDe,
  causeLabels: causeLabelsDe,
  changes: changesDe,
  checks: checksDe,
  controls: controlsDe,
  counted: countedDe,
  cures: curesDe,
  diagnosis: diagnosisDe,
  documents: documentsDe,
  eventKinds: eventKindsDe,
  events: eventsDe,
  files: filesDe,
  find: findDe,
  findings: findingsDe,
  frame: frameDe,
  health: healthDe,
  help: helpDe,
  history: historyDe,
  historyFilters: historyFiltersDe,
  inputProblems: inputProblemsDe,
  keys: keysDe,
  licences: licencesDe,
  lists: listsDe,
  mail: mailDe,
  mails: mailsDe,
  mapping: mappingDe,
  mappingNews: mappingNewsDe,
  mappings: mappingsDe,
  navigation: navigationDe,
  onPremises: onPremisesDe,
  overview: overviewDe,
  pager: pagerDe,
  people: peopleDe,
  peopleList: peopleListDe,
  person: personDe,
  personCase: personCaseDe,
  plannedStarts: plannedStartsDe,
  plans: plansDe,
  preferences: preferencesDe,
  previews: previewsDe,
  reasonsGuide: reasonsGuideDe,
  refusals: refusalsDe,
  report: reportDe,
  requests: requestsDe,
  rowCases: rowCasesDe,
  rows: rowsDe,
  run: runDe,
  runs: runsDe,
  schedules: schedulesDe,
  seats: seatsDe,
  sessionList: sessionListDe,
  sessions: sessionsDe,
  settingNames: settingNamesDe,
  settings: settingsDe,
  settingsForm: settingsFormDe,
  setup: setupDe,
  signIn: signInDe,
  starts: startsDe,
  states: statesDe,
  table: tableDe,
  time: timeDe,
  timeline: timelineDe,
  trends: trendsDe,
  upload: uploadDe,
  uploadDesk: uploadDeskDe,
  uploads: uploadsDe,
  values: valuesDe,
};
