/** The guides for the people who use the product, as Markdown from `public/help`; translations are in a folder for each language. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Operator } from '#lib/auth/operator.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import type { Language } from '#lib/words/languages.ts';

const FOLDER = path.join(process.cwd(), 'public', 'help');

/** The guides that are files, in the order in which Help lists them. */
export const GUIDE_FILES = ['helpdesk', 'administrators'] as const;

const guideInput = z.strictObject({ name: z.string().max(50) });

export interface GuideText {
  markdown: string;
  language: Language;
}

/** One guide, in `language` where it is translated, else in English. `input`: `{ name }`. Throws `not_found`. */
export function readGuideText(operator: Operator | null, input: unknown, language: Language): GuideText {
  authorise(operator, 'help:read');
  const { name } = parseInput(guideInput, input);
  const known = GUIDE_FILES.find((file) => file === name);
  if (!known) throw new ServiceError('not_found', ['noGuide']);
  const translated = path.join(FOLDER, language, `${known}.md`);
  if (existsSync(translated)) return { markdown: readFileSync(translated, 'utf8'), language };
  return { markdown: readFileSync(path.join(FOLDER, `${known}.md`), 'utf8'), language: 'en' };
}
