/** Why a service does not do what was asked. */
export const refusals = {
  signIn: 'Please sign in.',
  needsRole: 'This needs the role {role}; you have {yours}.',
  foreignOrigin: 'This request did not come from this app.',
  busy: 'The database is busy with something else: nothing was changed. Please try again in a moment.',
  full: 'The server’s disk is full: nothing was changed. Ask the server administrator to free some space.',
  fault: 'The server cannot use its database at the moment: nothing was changed. Tell the server administrator.',
  unexpected:
    'Something went wrong on our side. Please try again; if it happens again, send this ID to the server administrator: {id}.',
  tooLarge: 'This is larger than {megabytes} MB.',
  incomplete: 'The file did not arrive completely, so none of it was stored. Please send it again.',

  noPerson: 'This person does not exist.',
  personChanged: '{name} has changed in the meantime. Check again before you decide.',
  rowsDisagree: 'Two rows disagree about {name}: choose the right one on the person’s page.',
  notPossible:
    '{name} cannot be {action, select, license_now {licensed now} license_anyway {licensed anyway} replace {given another licence} keep {left with the current licences} assign_directly {licensed directly} reprocess {reprocessed} reassign {reassigned the licence} retry {retried} approve {approved} reject {rejected} dismiss {dismissed} other {reopened}} in the current state.',
  planChanged: 'The plan for {name} has changed in the meantime. Check again before you decide.',
  secondPersonSent: 'You submitted the file of {name}: a second person has to approve.',
  secondPersonHand: 'You corrected, changed or mapped {name}: a second person has to approve.',
  personClosed: '{name} is closed. Reopen it first.',
  nothingChanged: 'Nothing was changed.',
  nameTaken: 'userPrincipalName: {name} already has this name. Dismiss one of the two instead.',
  isOnIt: '{name} is already on it.',
  tooLateToUndo: 'It is too late to undo this: reopen instead.',
  notAChoice: 'This row is not one of the choices.',
  tooManyPeople: 'That is more than 5,000 people: narrow the list and work in batches.',
  otherNumber:
    'There {now, plural, one {is now # person} other {are now # people}}, not {seen, number}. Check again before you decide.',
  nobodyHeld: 'Nobody in this group is held any more.',
  groupChanged:
    'The group has changed: it now has {now, plural, one {# person} other {# people}}, you saw {seen, number}. Check again before you decide.',

  mappingGone: 'This mapping has been removed in the meantime.',
  mappingPublished:
    '{name} published version {version} on {when} ({zone}): {differs}. Nothing was overwritten: compare, then start from it.',
  sameAsBefore: 'the same as before',
  mappingRemoved: 'Someone removed this mapping on {when} ({zone}). Nothing was overwritten.',
  mappingRemovedBy: '{name} removed this mapping on {when} ({zone}). Nothing was overwritten.',

  noFile: 'There is no such file.',
  wholeRejected: 'The whole file was rejected: it has no rows.',
  originalInFolder: 'The original is still in the drop folder.',
  originalGone: 'The original is no longer where the import stored it.',
  originalChanged: 'What lies in the place of the original is not the file that was imported, so it is not handed out.',
  noVerdict:
    'The malware scanner returned no result ({why}), so the file was not accepted. Try again in a few minutes.',
  infected: '{name} is blocked: the malware scanner found {signature} in it.',
  fileTooLarge:
    'The file is larger than {megabytes} MB. Split it, or drop it in the drop folder, which takes up to 4 GB.',

  noUpload: 'There is no such upload.',
  uploadChanged:
    'This upload was changed in the meantime, by a colleague or in another tab. Your change was not saved: check the current version and try again.',
  uploadFinished: 'This upload is finished: reload the page.',
  anothersUpload: '{name} uploaded this: only they or an Admin can correct, import or discard it.',
  emptyFile: 'The file is empty.',
  uploadRefused: '{name} was refused. {why}',
  tooManyUploads:
    'You have {n} uploads waiting to be imported, which is the limit. Import or discard one of them first.',
  tooManyMegabytes:
    'You have {megabytes} MB of uploads waiting to be imported, which is the limit. Import or discard one of them first.',
  tooManyCorrections: 'There are too many corrections: correct the file itself and upload it again.',
  noSuchMistake: 'No row has this mistake any more.',
  noSuchValue: 'No row says this any more.',
  nobodyToImport: 'No row of this file can be imported. Correct the rows first.',

  noRow: 'There is no such row.',
  rowChanged: 'This row was corrected or closed in the meantime, by a colleague or in another tab. Reload the page.',
  noRowCorrected: 'No row could be corrected this way. Reload the page.',
  fileDecided:
    '{name}, which was rejected as a whole, was closed or imported in the meantime. If it was closed, reopen it under Files and try again; otherwise discard this upload.',
  noRowOut: 'No row of this file is waiting to be corrected any more. Reload the page.',
  putAsideGone: '{name} is no longer where it was stored. Upload it again.',

  noRun: 'There is no such run.',
  runEnded: 'This run has already ended.',
  dryRunAgain: 'A dry run changes nothing, so there is nothing to run again.',
  nobodyFailed: 'Nobody needs attention any more, so there is nobody to run again.',
  nobodyOpen: 'Everyone is done or held, so there is nobody to run again.',
  noneOfChosen: 'None of the chosen people can be run again: they are done, held, or not part of this.',
  tooManyAgain: 'That is more than 5,000 people. Choose fewer, or leave them to the next cycle.',
  otherNumberAgain:
    'There {now, plural, one {is now # person} other {are now # people}}, not {seen, number}. Nothing was started; check again before you decide.',

  noEntry: 'There is no such entry in the history.',
  noView: 'There is no such view.',
  tooManyLists: 'You have pasted more lists today than are kept. Open one of them again, or come back tomorrow.',
  tooManyViews: 'You have 30 views, which is the limit. Remove one first.',
  noMail: 'There is no such mail.',
  noRecipients: 'Save a sender and at least one recipient first.',
  noGuide: 'There is no such guide.',
  noAction: 'There is no such action.',
  sessionEnded: 'This session has already ended.',
  pastDay: 'startDate: this day is in the past: choose today or later.',
  removedAlready: 'This has already been removed.',
} as const;
