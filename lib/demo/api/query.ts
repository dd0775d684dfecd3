/** The query part of a Graph request: `$select`, `$top` and `$skiptoken`. */
import { type Answer, badRequest, badSyntax } from './answers.ts';
import type { Resource } from './resources.ts';

/** User properties that exist in Graph but not in the demo tenant: selecting them is no error. */
const LEFT_OUT: readonly string[] = ['createdDateTime', 'onPremisesLastSyncDateTime', 'mailNickname'];

/** Keeps the properties named in `$select`; `defaults` (or all) where there is none. An unknown property is refused. */
export function select(
  resource: Resource,
  query: URLSearchParams,
  defaults: readonly string[] | null = null,
): { kind: 'ok'; resource: Resource } | { kind: 'refused'; answer: Answer } {
  const named = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  const names = named ?? defaults ?? Object.keys(resource);
  const unknown = names.find((name) => !(name in resource) && !LEFT_OUT.includes(name));
  if (unknown !== undefined)
    return {
      kind: 'refused',
      answer: badSyntax(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}'.`),
    };
  return { kind: 'ok', resource: Object.fromEntries(names.map((name) => [name, resource[name] ?? null])) };
}

const PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 999;

export interface Page {
  size: number;
  /** Position to continue from. */
  from: number;
}

export function readPage(query: URLSearchParams): { kind: 'ok'; page: Page } | { kind: 'refused'; answer: Answer } {
  if (query.has('$skip')) return { kind: 'refused', answer: badRequest("'$skip' is not supported by the service.") };
  const top = query.get('$top');
  const size = top === null ? PAGE_SIZE : Number(top);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE)
    return {
      kind: 'refused',
      answer: badRequest(`Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`),
    };
  const token = query.get('$skiptoken');
  const from = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) return { kind: 'refused', answer: badRequest('Invalid $skiptoken.') };
  return { kind: 'ok', page: { size, from } };
}

export const skipToken = (position: number) => Buffer.from(String(position)).toString('base64url');
