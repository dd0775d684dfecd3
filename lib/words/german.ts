/** German: the terms are those of Microsoft’s own German products, the form of address is Sie. */

import { counted } from '#lib/words/de/counted.ts';
import { cures } from '#lib/words/de/cures.ts';
import { documents } from '#lib/words/de/documents.ts';
import { files } from '#lib/words/de/files.ts';
import { find } from '#lib/words/de/find.ts';
import { frame } from '#lib/words/de/frame.ts';
import { keys } from '#lib/words/de/keys.ts';
import { licences } from '#lib/words/de/licences.ts';
import { lists } from '#lib/words/de/lists.ts';
import { navigation } from '#lib/words/de/navigation.ts';
import { overview } from '#lib/words/de/overview.ts';
import { pager } from '#lib/words/de/pager.ts';
import { people } from '#lib/words/de/people.ts';
import { peopleList } from '#lib/words/de/people-list.ts';
import { person } from '#lib/words/de/person.ts';
import { personCase } from '#lib/words/de/person-case.ts';
import { plannedStarts } from '#lib/words/de/planned-starts.ts';
import { preferences } from '#lib/words/de/preferences.ts';
import { run } from '#lib/words/de/run.ts';
import { runs } from '#lib/words/de/runs.ts';
import { signIn } from '#lib/words/de/sign-in.ts';
import { starts } from '#lib/words/de/starts.ts';
import { states } from '#lib/words/de/states.ts';
import { table } from '#lib/words/de/table.ts';
import { time } from '#lib/words/de/time.ts';
import { trends } from '#lib/words/de/trends.ts';
import type { Area, Translation } from './english.ts';

export const GERMAN: { readonly [Name in Area]: Translation<Name> } = {
  counted,
  cures,
  documents,
  files,
  find,
  frame,
  keys,
  licences,
  lists,
  navigation,
  overview,
  pager,
  people,
  peopleList,
  person,
  personCase,
  plannedStarts,
  preferences,
  run,
  runs,
  signIn,
  starts,
  states,
  table,
  time,
  trends,
};
