/** English: what every other language says as well, area by area. An area is what one page, or one part of several pages, says. */

import { actions } from '#lib/words/en/actions.ts';
import { actors } from '#lib/words/en/actors.ts';
import { approvalGroups } from '#lib/words/en/approval-groups.ts';
import { approvals } from '#lib/words/en/approvals.ts';
import { causeLabels } from '#lib/words/en/cause-labels.ts';
import { changes } from '#lib/words/en/changes.ts';
import { checks } from '#lib/words/en/checks.ts';
import { controls } from '#lib/words/en/controls.ts';
import { counted } from '#lib/words/en/counted.ts';
import { cures } from '#lib/words/en/cures.ts';
import { diagnosis } from '#lib/words/en/diagnosis.ts';
import { documents } from '#lib/words/en/documents.ts';
import { eventKinds } from '#lib/words/en/event-kinds.ts';
import { events } from '#lib/words/en/events.ts';
import { files } from '#lib/words/en/files.ts';
import { find } from '#lib/words/en/find.ts';
import { findings } from '#lib/words/en/findings.ts';
import { frame } from '#lib/words/en/frame.ts';
import { health } from '#lib/words/en/health.ts';
import { help } from '#lib/words/en/help.ts';
import { history } from '#lib/words/en/history.ts';
import { historyFilters } from '#lib/words/en/history-filters.ts';
import { inputProblems } from '#lib/words/en/input-problems.ts';
import { keys } from '#lib/words/en/keys.ts';
import { licences } from '#lib/words/en/licences.ts';
import { lists } from '#lib/words/en/lists.ts';
import { mail } from '#lib/words/en/mail.ts';
import { mails } from '#lib/words/en/mails.ts';
import { mapping } from '#lib/words/en/mapping.ts';
import { mappingNews } from '#lib/words/en/mapping-news.ts';
import { mappings } from '#lib/words/en/mappings.ts';
import { navigation } from '#lib/words/en/navigation.ts';
import { onPremises } from '#lib/words/en/on-premises.ts';
import { overview } from '#lib/words/en/overview.ts';
import { pager } from '#lib/words/en/pager.ts';
import { people } from '#lib/words/en/people.ts';
import { peopleList } from '#lib/words/en/people-list.ts';
import { person } from '#lib/words/en/person.ts';
import { personCase } from '#lib/words/en/person-case.ts';
import { plannedStarts } from '#lib/words/en/planned-starts.ts';
import { plans } from '#lib/words/en/plans.ts';
import { preferences } from '#lib/words/en/preferences.ts';
import { previews } from '#lib/words/en/previews.ts';
import { reasonsGuide } from '#lib/words/en/reasons-guide.ts';
import { refusals } from '#lib/words/en/refusals.ts';
import { report } from '#lib/words/en/report.ts';
import { requests } from '#lib/words/en/requests.ts';
import { rowCases } from '#lib/words/en/row-cases.ts';
import { rows } from '#lib/words/en/rows.ts';
import { run } from '#lib/words/en/run.ts';
import { runs } from '#lib/words/en/runs.ts';
import { schedules } from '#lib/words/en/schedules.ts';
import { seats } from '#lib/words/en/seats.ts';
import { sessionList } from '#lib/words/en/session-list.ts';
import { sessions } from '#lib/words/en/sessions.ts';
import { settingNames } from '#lib/words/en/setting-names.ts';
import { settings } from '#lib/words/en/settings.ts';
import { settingsForm } from '#lib/words/en/settings-form.ts';
import { setup } from '#lib/words/en/setup.ts';
import { signIn } from '#lib/words/en/sign-in.ts';
import { starts } from '#lib/words/en/starts.ts';
import { states } from '#lib/words/en/states.ts';
import { table } from '#lib/words/en/table.ts';
import { time } from '#lib/words/en/time.ts';
import { timeline } from '#lib/words/en/timeline.ts';
import { trends } from '#lib/words/en/trends.ts';
import { upload } from '#lib/words/en/upload.ts';
import { uploadDesk } from '#lib/words/en/upload-desk.ts';
import { uploads } from '#lib/words/en/uploads.ts';
import { values } from '#lib/words/en/values.ts';

export const ENGLISH = {
  actions,
  actors,
  approvalGroups,
  approvals,
  causeLabels,
  changes,
  checks,
  controls,
  counted,
  cures,
  diagnosis,
  documents,
  eventKinds,
  events,
  files,
  find,
  findings,
  frame,
  health,
  help,
  history,
  historyFilters,
  inputProblems,
  keys,
  licences,
  lists,
  mail,
  mails,
  mapping,
  mappingNews,
  mappings,
  navigation,
  onPremises,
  overview,
  pager,
  people,
  peopleList,
  person,
  personCase,
  plannedStarts,
  plans,
  preferences,
  previews,
  reasonsGuide,
  refusals,
  report,
  requests,
  rowCases,
  rows,
  run,
  runs,
  schedules,
  seats,
  sessionList,
  sessions,
  settingNames,
  settings,
  settingsForm,
  setup,
  signIn,
  starts,
  states,
  table,
  time,
  timeline,
  trends,
  upload,
  uploadDesk,
  uploads,
  values,
} as const;

export type Words = typeof ENGLISH;
export type Area = keyof Words;

/** Another language has a message for each key, and no other. */
export type Translation<Name extends Area> = Readonly<Record<keyof Words[Name], string>>;
