/** `POST /$batch`: up to 20 requests in one, each served on its own, answered in any order (graph-facts §1). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { shuffled } from '#lib/demo/tenant/random.ts';
import type { Tenant } from '#lib/demo/tenant/tenant.ts';
import { type Answer, badSyntax, failedDependency } from './answers.ts';
import { type Delivered, type Delivery, finish, type GraphRequest, pause, serve } from './handle-request.ts';

const MAX_REQUESTS = 20;

const batchSchema = z.object({
  requests: z
    .array(
      z.object({
        id: z.string().min(1),
        method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
        url: z.string(),
        headers: z.record(z.string(), z.string()).default({}),
        body: z.unknown().optional(),
        dependsOn: z.array(z.string()).default([]),
      }),
    )
    .min(1),
});

type SubRequest = z.output<typeof batchSchema>['requests'][number];

/** Serves a batch. `outer` is the request that carries it. */
export async function serveBatch(
  tenant: Tenant,
  outer: GraphRequest,
): Promise<{ kind: 'answer'; answer: Answer } | { kind: 'reset' } | { kind: 'hang' }> {
  const parsed = batchSchema.safeParse(outer.body);
  const fault = parsed.success ? faultOf(parsed.data.requests) : 'Invalid batch payload format.';
  if (!parsed.success || fault) return { kind: 'answer', answer: badSyntax(fault ?? '') };
  const { requests } = parsed.data;
  tenant.counters.subRequests += requests.length;
  const deliveries = await serveAll(tenant, outer, requests);
  await pause(tenant.behaviour.latencyMs.batch);
  const broken = deliveries.find(({ delivered }) => delivered.kind !== 'answer')?.delivered;
  if (broken && broken.kind !== 'answer') return broken;
  const responses = deliveries.flatMap(({ id, delivered }) =>
    delivered.kind === 'answer' ? [toResponse(id, delivered)] : [],
  );
  const wasThrottled = responses.some(({ status }) => status === 429);
  return {
    kind: 'answer',
    answer: {
      status: wasThrottled ? tenant.behaviour.throttledBatchStatus : 200,
      body: { responses: shuffled(responses, tenant.random) },
    },
  };
}

/** Why the whole batch is refused. */
function faultOf(requests: readonly SubRequest[]): string | null {
  if (requests.length > MAX_REQUESTS)
    return `Number of batch requests exceeds the limit: ${requests.length}. Max allowed: ${MAX_REQUESTS}.`;
  const seen = new Set<string>();
  for (const { id, dependsOn, method, headers, body } of requests) {
    const unknown = dependsOn.find((other) => !seen.has(other.toLowerCase()));
    if (unknown !== undefined) return `Request ${id} depends on ${unknown}, which does not come before it.`;
    if (seen.has(id.toLowerCase())) return `Request id ${id} is there more than once.`;
    seen.add(id.toLowerCase());
    const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
    const needsBody = method === 'POST' || method === 'PATCH' || method === 'PUT';
    if ((needsBody && body === undefined) || (body !== undefined && !hasType))
      return `Write request id : ${id} does not contain Content-Type header or body.`;
  }
  return null;
}

/** All at once, but each after those it depends on; 424 where one of these failed. */
async function serveAll(tenant: Tenant, outer: GraphRequest, requests: readonly SubRequest[]) {
  const inFlight = new Map<string, Promise<Delivered>>();
  for (const request of requests) {
    const sub = subRequest(outer, request);
    const start = async (): Promise<Delivered> => {
      const before = await Promise.all(request.dependsOn.map((id) => inFlight.get(id.toLowerCase())));
      const failed = before.some((one) => one?.kind !== 'answer' || one.status >= 400);
      if (failed) return finish(tenant, sub, randomUUID(), failedDependency(request.dependsOn));
      return serve(tenant, sub);
    };
    inFlight.set(request.id.toLowerCase(), start());
  }
  return Promise.all(
    requests.map(async ({ id }) => ({
      id,
      delivered: (await inFlight.get(id.toLowerCase())) ?? { kind: 'hang' as const },
    })),
  );
}

function subRequest(outer: GraphRequest, { method, url, headers, body }: SubRequest): GraphRequest {
  // An absolute url keeps its scheme as its first segment and so names no resource, as with Graph.
  const { pathname, searchParams } = new URL(url.replace(/^\/*/, '/'), outer.origin);
  const header = (wanted: string) => Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
  return {
    method,
    path: pathname,
    query: searchParams,
    body,
    clientRequestId: header('client-request-id') ?? outer.clientRequestId,
    consistencyLevel: header('consistencylevel') ?? null,
    origin: outer.origin,
    inBatch: true,
  };
}

function toResponse(id: string, { status, headers, body, isMalformed }: Delivery) {
  if (isMalformed) return { id, status, headers, body: '{"value":[{"id":' };
  return body === undefined ? { id, status, headers } : { id, status, headers, body };
}
