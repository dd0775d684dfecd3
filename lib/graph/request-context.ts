/** What everybody who asks Graph for something says about the request. */
import type { Traffic } from '#lib/graph/http/transport.ts';

/** On whose behalf a request is made. */
export interface RequestContext {
  /** An operator is waiting: the request overtakes everything else. */
  urgent: boolean;
  /** Once it is aborted, nothing new is sent. */
  signal?: AbortSignal | undefined;
  /** False: no write may be sent any more; asked before each. */
  mayWrite?: () => boolean;
  /** More requests follow than the budgets allow at once: they are smoothed, leaving gaps for operators. */
  isBacklog?: boolean;
  /** Counts what this request costs. */
  traffic: Traffic;
}
