/** What an event tells, for readers of other languages: in English an event is shown as it was recorded. */
export const events = {
  'person.changed': '{file}, line {line}, changed {changes}.',
  change: '{column} from {before} to {after}',
  empty: 'empty',
  'person.dropped_again': 'Dropped again in {file}, line {line}. The next cycle checks again.',
  'person.dropped_again.held': 'Dropped again in {file}, line {line}. The person still waits for approval.',
  'asked.retry_provisioning':
    'No mailbox after longer than usual: Exchange Online was asked to work on the account again.',
  'asked.reprocess_licences':
    'A licence failed through a group: Microsoft 365 was asked to assign the group’s licences again.',
  'person.asked_again.accepted': '{asked} It accepted. It will not be asked again automatically.',
  'person.asked_again.refused': '{asked} It refused: {said} It will not be asked again automatically.',
  'person.asked_again.unknown':
    '{asked} No answer came ({said}), so it may have arrived. It will not be asked again automatically.',
  'person.dismissal_undone': '{by} undid the dismissal.',
  'person.edited': '{by} changed {changes} and asked to try again.',
  'person.edited.location': '{by} set the usage location to {location} and asked to try again.',
  'person.edited.why': '{edited} Why: {why}',
  'person.assigned': '{by} is on it.',
  'person.unassigned': '{by} is no longer on it.',
  'file.accepted':
    '{file} imported. {rows, plural, one {# row} other {# rows}}: {accepted, number} new, {duplicates, number} already known ({unchanged, number} of them word for word, which changes nothing), {rejected, number} rejected.',
  'file.accepted.new':
    '{file} imported. {rows, plural, one {# row} other {# rows}}: {accepted, number} new, {duplicates, number} already known, {rejected, number} rejected.',
  'file.accepted.grown':
    '{file} grew after it had been imported, from {from, number} to {to, plural, one {# byte} other {# bytes}}: the rest is imported as well.',
  'file.rejected': '{file} was rejected. Line {line}: {problem}',
  'row.corrected': '{by} corrected line {line} of {file}, which had not been imported.',
  'row.corrected.again':
    'Line {line} of {file}, which had not been imported, came again as line {otherLine} of {other}.',
  'rows.line': 'line {line} of {file}',
  'rows.some': '{n, number} rows of {file}',
  'rows.all': 'the file {file}, which was rejected as a whole',
  'row.closed': '{by} closed {rows}: {why}',
  'row.reopened': '{by} reopened {rows}.',
  'draft.created': '{by} uploaded {name} for review. Nothing has been imported yet.',
  'draft.changed.line': '{by} corrected line {line} of the upload {name}.',
  'draft.changed.restored': '{by} restored the original of line {line} of the upload {name}.',
  'draft.changed.alike': '{by} corrected {n, plural, one {# row} other {# rows}} of the upload {name} in the same way.',
  'draft.changed.columns': '{by} matched the columns of the upload {name}.',
  'draft.imported': '{by} imported the upload {name} with {n, plural, one {# correction} other {# corrections}}.',
  'draft.discarded': '{by} discarded the upload {name}. Nobody was imported.',
  'run.requested': 'Requested a run.',
  'run.requested.dry': 'Requested a dry run.',
  'run.requested.again':
    'Requested a re-run of {n, plural, one {# person} other {# people}} ({kind, select, failed {failed only} all {all not done} other {a selection}}), using the {mapping, select, then {mapping at that time} other {current mapping}}.',
  'run.cancelled': 'Cancelled the run.',
  'run.cancelled.early': 'Cancelled the run before it started.',
  'mapping.published': '{by} published version {version} of the mapping of EmployeeType {type}: {licences}.',
  'mapping.retired': '{by} removed the mapping of EmployeeType {type}.',
  'start.planned': '{by} planned {n, plural, one {# person} other {# people}} of EmployeeType {type} for {day}.',
  'start.unplanned':
    '{by} no longer plans {n, plural, one {# person} other {# people}} of EmployeeType {type} for {day}.',
  'settings.changed': '{by} changed a setting: {setting}.',
  'diagnosis.requested': '{by} asked why {name} has no mailbox.',
  'setup.tested': '{by} tested the set-up.',
  'mail.tested': '{by} sent a test mail to {recipients}.',
  'clock.set_back':
    'The clock of the server was set back by {n, plural, one {# minute} other {# minutes}}: {checks, plural, one {# next check was} other {# next checks were}} moved with it. Earlier entries are dated that much too late.',
  'history.removed':
    'History before {day} was removed: {by} set it to be kept for {n, plural, one {# year} other {# years}}.',
  somebody: 'someone',
  'backup.restored': 'The backup {file} was restored.',
  'database.put_back':
    'The database file {file}, or the log beside it, was deleted while the server was running. What the server still held is back in its place.',
  'operator.signed_in': '{by} signed in as {role}.',
  'operator.signed_in.none': '{by} signed in, without a role in this app.',
  'operator.denied.tenant': '{by} ({email}) was not let in: the account belongs to the tenant {tenant}.',
  'operator.denied.weak':
    '{by} ({email}) was not let in: the sign-in does not satisfy the authentication context {context}.',
  'operator.signed_out': '{n, plural, one {{by} signed out.} other {{by} signed out of all # sessions.}}',
  'operator.role_changed': '{by} has the role {after} now, and had the role {before} before.',
  noRole: '(none)',
  'session.ended.by_admin': '{by} ended a session of {name}.',
  'session.ended.replaced': '{name} signed in again, which ended the session before.',
  'session.ended.idle':
    'The session of {name} ended because nothing was done in it for {n, plural, one {# minute} other {# minutes}}.',
  'session.ended.too_old': 'The session of {name} ended because it was {n, plural, one {# hour} other {# hours}} old.',
  'session.ended.role_unconfirmed':
    'The session of {name} ended because the identity provider did not confirm the role for 15 minutes.',
  'session.ended.refused':
    'The session of {name} ended because the identity provider no longer lets this account sign in.',
  'session.ended.too_weak':
    'The session of {name} ended because the sign-in does not satisfy the authentication context that this app asks for.',
  'action.refused': '{by} was refused something that needs the role {role}.',
  'action.refused.page': '{by} was refused the page {page}, which needs the role {role}.',
  'action.refused.upload': '{by} was refused a change of the upload {name}, which {owner} submitted.',
  'action.refused.foreign': 'A request to {path} in the name of {by} was refused: it came from another site.',
  'exported.people': '{by} exported the list of people.',
  'exported.history': '{by} exported the history.',
  'exported.evidence': '{by} exported evidence about {name}.',
  'exported.trends': '{by} exported the trends ({name}).',
  'exported.original': '{by} exported the file {name} as it came.',
  'exported.results': '{by} exported the results of the file {name}.',
  'exported.runLog': '{by} exported the log of run {name}.',
} as const;
