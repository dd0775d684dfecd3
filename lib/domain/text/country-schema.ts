/** A country that somebody typed or chose, read at the door of the server. */
import { z } from 'zod';
import { readCountry } from './countries.ts';

/** Its code; null for an empty box. */
export const optionalCountrySchema = z.string().transform((text, context) => {
  const code = readCountry(text);
  if (code !== null || text.trim() === '') return code;
  context.addIssue({ code: 'custom', message: 'must be a country code or the name of a country, for example DE' });
  return z.NEVER;
});

export const countrySchema = optionalCountrySchema.transform((code, context) => {
  if (code !== null) return code;
  context.addIssue({ code: 'custom', message: 'must name a country, for example DE' });
  return z.NEVER;
});
