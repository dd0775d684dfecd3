/** The people a file names, each once, with where every attempt left them. */
import { z } from 'zod';
import { fileById, pageOfFilePeople } from '#db/store/files/files-read.ts';
import { attemptsOf, runOfFile } from '#db/store/runs/re-run-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { pageSchema } from '#lib/services/http/listing.ts';
import { type Attempts, everyAttemptSchema, sideBySide } from '#lib/services/runs/attempts.ts';
import type { Language } from '#lib/words/languages.ts';
import { LONG_ROWS } from './files.ts';

const filePeopleInput = z.object({ id: z.string().min(1).max(100), page: pageSchema, all: everyAttemptSchema });

/** The first attempt is the run that imported the file. `input`: `{ id, page?, all? }`; `all`: `'1'` for every attempt. Throws `not_found`. */
export function readFilePeople(operator: Operator | null, input: unknown, language: Language = 'en'): Attempts {
  authorise(operator, 'files:read');
  const { id, page, all: isAll } = parseInput(filePeopleInput, input);
  return database().transaction((db) => {
    const file = fileById(db, id);
    if (!file) throw new ServiceError('not_found', ['noFile']);
    const importedBy = runOfFile(db, id);
    const others = attemptsOf(db, { fileId: id }).filter((run) => run.id !== importedBy?.id);
    const all = importedBy ? [importedBy, ...others] : others;
    const pageOf = (offset: number, limit: number) => pageOfFilePeople(db, id, offset, limit);
    const who = file.rows > LONG_ROWS ? { total: file.accepted, pageOf } : { fileId: id };
    return sideBySide(db, { all, isAll, who, page, language });
  });
}
