/** Faults to plant into what we say to Microsoft Graph and understand of it. */
import type { PlantedFault } from './planted-fault.ts';

export const GRAPH_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a licence counts as given once Graph has accepted it',
    file: 'lib/graph/licensing.ts',
    find: "if (account) return { kind: 'confirmed', account };",
    replace: "return { kind: 'confirmed', account: account ?? assignment.account };",
  },
  {
    name: 'a write whose answer was lost counts as not sent',
    file: 'lib/graph/licensing.ts',
    find: "return { kind: isDoubtful ? 'unconfirmed' : 'not_sent', why };",
    replace: "return { kind: isDoubtful ? 'not_sent' : 'not_sent', why };",
  },
  {
    name: 'no answer of a mailbox counts as a mailbox',
    file: 'lib/graph/mailboxes.ts',
    find: "if (answer.kind === 'lost') return { kind: 'unknown', why: answer.why };",
    replace: "if (answer.kind === 'lost') return { kind: 'answers', purpose: 'user' };",
  },
  {
    name: 'a silent mailbox counts as open',
    file: 'lib/graph/mailboxes.ts',
    find: "return { kind: 'silent', code: fault.code };",
    replace: "return { kind: 'answers', purpose: 'user' };",
  },
  {
    name: 'what one account refuses is taken for a missing permission',
    file: 'lib/graph/access.ts',
    find: 'const SEVERAL = 3;',
    replace: 'const SEVERAL = 1;',
  },
  {
    name: 'Retry-After is read in minutes',
    file: 'lib/graph/http/transport.ts',
    find: 'Math.ceil(seconds * 1000)',
    replace: 'Math.ceil(seconds * 60_000)',
  },
  {
    name: 'a refused token is not renewed',
    file: 'lib/graph/http/transport.ts',
    find: '      if (response.status === 401) {\n        await response.body?.cancel();',
    replace: '      if (response.status === 499) {\n        await response.body?.cancel();',
  },
  {
    name: 'parallel refusals are final',
    file: 'lib/graph/queue/next-step.ts',
    find: "return refusalOf(faultOf(result.status, result.body)) === 'concurrency';",
    replace: 'return false;',
  },
  {
    name: 'the location is not written',
    file: 'lib/graph/licensing.ts',
    find: 'if (assignment.usageLocation !== null) {',
    replace: "if (assignment.usageLocation === 'nowhere') {",
  },
  {
    name: 'a hung request is waited for all day',
    file: 'lib/graph/http/transport.ts',
    find: 'AbortSignal.timeout(this.#timeoutMs)',
    replace: 'AbortSignal.timeout(this.#timeoutMs * 2880)',
  },
];
