/**
 * What a page says after a mapping was changed: who did what, and what happens next. The address names the event, so it
 * survives a reload.
 */
import { z } from 'zod';
import { mappingEvent } from '#db/store/mappings/mappings-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';

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

const some = (n: number, one: string, many: string) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

function afterPublishing(released: number): string {
  const others =
    'From the next cycle on, it applies to everybody else of this EmployeeType; licensed people keep what they have.';
  if (released === 0) return others;
  return `${some(released, 'person was', 'people were')} released and ${released === 1 ? 'is' : 'are'} checked at once: they get a licence where the account exists and a seat is free. ${others}`;
}

function afterRemoval({ attention, waiting, held, licensed }: z.infer<typeof countsSchema>): string {
  const parts = [
    attention > 0 && `${some(attention, 'person needs', 'people need')} attention from the next cycle on.`,
    waiting > 0 &&
      `${some(waiting, 'person keeps', 'people keep')} waiting for an account, and ${waiting === 1 ? 'needs' : 'need'} attention once it exists.`,
    held > 0 && `${some(held, 'person stays', 'people stay')} held.`,
    licensed > 0 && `${some(licensed, 'person keeps', 'people keep')} the licence.`,
    'Nobody loses anything. With a new mapping, processing continues.',
  ];
  return parts.filter((part) => part !== false).join(' ');
}

/** The change named by `?changed=…`; null where there is none, or it is older than an hour. `input`: the address's parameters. */
export function readMappingNews(operator: Operator | null, input: unknown): MappingNews | null {
  authorise(operator, 'mappings:read');
  const { changed } = parseInput(newsInput, input);
  const event = changed === null ? undefined : mappingEvent(database(), changed);
  const data = dataSchema.safeParse(event?.data).data;
  if (!event || !data || Date.now() - event.at > NEWS_MS) return null;
  const { employeeType, released, people } = data;
  return {
    message: event.message,
    next: people ? afterRemoval(people) : afterPublishing(released),
    employeeType,
    at: event.at,
  };
}
