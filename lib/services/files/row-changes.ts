/** What intake changed in the fields of a row, as the database keeps it. */
import { z } from 'zod';
import { SENTENCE } from '#lib/domain/sentences/sentence.ts';

/** Null where nothing was changed. */
export const rowChangesSchema = z
  .array(z.object({ column: z.string(), from: z.string(), to: z.string(), what: z.string() }))
  .nullable()
  .catch(null);

/** Why a row was rejected, or what is in doubt about one that was accepted. */
export const rowProblemsSchema = z
  .array(z.object({ column: z.string().nullable(), ...SENTENCE }))
  .nullable()
  .catch(null);
