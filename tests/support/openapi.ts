/** Checks requests and answers against the OpenAPI description of Microsoft Graph, where it lies beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const FILE = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'graph-openapi.json');

/** False where the description is not there: tests that need it say so and are skipped. */
export const hasGraphDescription = existsSync(FILE);

interface Operation {
  responses: Record<string, { $ref?: string; content?: unknown }>;
  requestBody?: unknown;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
}

/** Read by tests only, from a file that is generated: its outline is trusted. */
function readDescription(): Description {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Description;
}

let loaded: { description: Description; ajv: Ajv2020; compiled: Map<string, ValidateFunction> } | null = null;

function load() {
  if (loaded) return loaded;
  const description = readDescription();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(description, 'graph');
  loaded = { description, ajv, compiled: new Map() };
  return loaded;
}

const pointer = (parts: readonly string[]) =>
  parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

function problems(parts: readonly string[], value: unknown): string[] {
  const { ajv, compiled } = load();
  const ref = `graph#/${pointer(parts)}`;
  const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function findOperation(method: string, requestPath: string): { template: string; operation: Operation } {
  const plain = requestPath.split('?')[0] ?? '';
  for (const [template, operations] of Object.entries(load().description.paths)) {
    const pattern = template.replace(/[$().]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
    const operation = operations[method.toLowerCase()];
    if (operation && new RegExp(`^${pattern}$`).test(plain)) return { template, operation };
  }
  throw new Error(`Graph's description has no ${method} ${plain}`);
}

/** What is wrong with an answer; empty: nothing. `requestPath` is without version. */
export function validateResponse(method: string, requestPath: string, status: number, body: unknown): string[] {
  const { template, operation } = findOperation(method, requestPath);
  const key = [String(status), `${Math.floor(status / 100)}XX`].find((candidate) => candidate in operation.responses);
  if (key === undefined) return [`status ${status} is not described`];
  const response = operation.responses[key];
  const content = ['content', 'application/json', 'schema'];
  if (response?.$ref) return problems([...response.$ref.slice(2).split('/'), ...content], body);
  if (!response?.content) return body === undefined ? [] : ['there should be no body'];
  return problems(['paths', template, method.toLowerCase(), 'responses', key, ...content], body);
}

/** What is wrong with a request body; empty: nothing. */
export function validateRequest(method: string, requestPath: string, body: unknown): string[] {
  const { template, operation } = findOperation(method, requestPath);
  if (!operation.requestBody) return body === undefined ? [] : ['there should be no body'];
  return problems(
    ['paths', template, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'],
    body,
  );
}
