/**
 * What a page says after a mapping was changed: who did what, and what happens next. The address names the event, so it
 * survives a reload.
 */
import { z } from 'zod';
import { mappingEvent } from '#db/store/mappings/mappings-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { eventText } from '#lib/services/history/event-text.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { Say } from '#lib/words/say.ts';

export interface MappingNews {
  /** Who did what. */
  message: string;
  /** What happens next. */
  next: string;
  employeeType: string;
  at: number;
}

const newsInput = z.object({ changed: z.coerce.number().int().positive().nullable().catch(null).default(null) });

const countsSchema = z.object({
  attention: z.number(),
  waiting: z.number(),
  held: z.number(),
  licensed: z.number(),
});

const dataSchema = z.object({
  employeeType: z.string(),
  released: z.number().int().default(0),
  people: countsSchema.nullable().default(null),
});

/** How long this counts as news: after that the address is an old link, and what it announces has long happened. */
const NEWS_MS = 3_600_000;

type SayNews = Say<Words['mappingNews']>;

function afterPublishing(released: number, say: SayNews): string {
  return released === 0 ? say('others') : `${say('released', { n: released })} ${say('others')}`;
}

function afterRemoval(people: z.infer<typeof countsSchema>, say: SayNews): string {
  const kinds = ['attention', 'waiting', 'held', 'licensed'] as const;
  const parts = kinds.filter((kind) => people[kind] > 0).map((kind) => say(kind, { n: people[kind] }));
  return [...parts, say('nothingLost')].join(' ');
}

/** The change named by `?changed=…`; null where there is none, or it is older than an hour. `input`: the address's parameters. */
export function readMappingNews(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): MappingNews | null {
  authorise(operator, 'mappings:read');
  const { changed } = parseInput(newsInput, input);
  const event = changed === null ? undefined : mappingEvent(database(), changed);
  const data = dataSchema.safeParse(event?.data).data;
  if (!event || !data || Date.now() - event.at > NEWS_MS) return null;
  const { employeeType, released, people } = data;
  const say = sayIn(language, 'mappingNews');
  return {
    message: eventText(language, { ...event, file: null }) ?? event.message,
    next: people ? afterRemoval(people, say) : afterPublishing(released, say),
    employeeType,
    at: event.at,
  };
}
