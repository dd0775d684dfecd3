/** `$batch`: at most 20 requests, ids unique whatever their case, `dependsOn`, answers in any order. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, badRequest, graphError, throttled } from './answers.ts';
import type { Graph } from './graph.ts';

const batchSchema = z.object({
  requests: z
    .array(
      z.object({
        id: z.string().min(1),
        method: z.string(),
        url: z.string(),
        headers: z.record(z.string(), z.string()).default({}),
        body: z.unknown(),
        dependsOn: z.array(z.string()).default([]),
      }),
    )
    .min(1)
    .max(20),
});

type BatchItem = z.infer<typeof batchSchema>['requests'][number];

/** Splits a relative or absolute url into what the resources need. */
export function parseUrl(url: string): { path: string; query: URLSearchParams } {
  const parsed = new URL(url.replace(/^https?:\/\/[^/]+/, ''), 'http://graph.invalid');
  return { path: parsed.pathname.replace(/^\/v1\.0(?=\/)/, ''), query: parsed.searchParams };
}

/** The lost answer of a whole batch is not this file's matter; one sub-request's is: applied, then 504. */
async function answerItem(graph: Graph, item: BatchItem): Promise<Answer> {
  const { path, query } = parseUrl(item.url);
  const requestId = randomUUID();
  graph.counters.subRequests += 1;
  const fault = graph.faults.strike('sub_request', item.method, path);
  const headers = { 'request-id': requestId, 'client-request-id': item.headers['client-request-id'] ?? requestId };
  const stamp = (answer: Answer): Answer => ({ ...answer, headers: { ...headers, ...answer.headers } });
  if (fault?.kind === 'throttle') {
    graph.counters.throttled += 1;
    return stamp(throttled(fault.retryAfterS, item.method === 'GET' ? 'Read' : 'Write', 'CPULimitExceeded'));
  }
  if (fault?.kind === 'unavailable') return stamp(graphError(503, 'ServiceUnavailable', 'The service is unavailable.'));
  if (fault?.kind === 'server_error')
    return stamp(graphError(500, 'InternalServerError', 'An internal error occurred.'));
  if (fault?.kind === 'forbidden')
    return stamp(graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'));
  if (item.method !== 'GET' && !Object.keys(item.headers).some((name) => name.toLowerCase() === 'content-type'))
    return stamp(badRequest('A request body needs a Content-Type header.'));
  const answer = await graph.answer({ method: item.method, path, query, body: item.body, requestId });
  if (fault?.kind === 'lost_answer') return stamp(graphError(504, 'GatewayTimeout', 'The gateway timed out.'));
  return stamp(answer);
}

export async function answerBatch(graph: Graph, body: unknown, shuffle: () => number): Promise<Answer> {
  const batch = batchSchema.safeParse(body);
  if (!batch.success) return graphError(400, 'BadRequest', 'Invalid batch payload format.');
  const items = batch.data.requests;
  const ids = items.map(({ id }) => id.toLowerCase());
  if (new Set(ids).size < ids.length) return graphError(400, 'BadRequest', 'Request ids must be unique.');
  const started = new Map<string, Promise<Answer>>();
  for (const item of items) {
    const waitsFor = item.dependsOn.map((id) => started.get(id));
    if (waitsFor.some((promise) => !promise))
      return graphError(400, 'BadRequest', 'A request depends on one that does not come before it.');
    const work = Promise.all(waitsFor).then((before) =>
      before.some((answer) => answer && answer.status >= 400)
        ? graphError(424, 'FailedDependency', 'A request that this one depends on failed.')
        : answerItem(graph, item),
    );
    started.set(item.id, work);
  }
  const responses = await Promise.all(
    [...started].map(async ([id, work]) => {
      const { status, headers, body: answered } = await work;
      return { id, status, headers: { 'Content-Type': 'application/json', ...headers }, body: answered ?? null };
    }),
  );
  const order = responses.map((response) => ({ response, at: shuffle() })).sort((a, b) => a.at - b.at);
  return { status: 200, body: { responses: order.map(({ response }) => response) } };
}
