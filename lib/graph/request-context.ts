/** What everybody who asks Graph for something says about the request. */
import type { Traffic } from '#lib/graph/http/transport.ts';

export interface PutOff {
  /** `GET /users/{id}/mailboxSettings` */
  call: string;
  why: string;
  /** It is tried again no sooner, and no later where somebody needs it, whatever Graph asks for. */
  minutes: number;
}

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
  /** Hears of what is left out, because Graph asks to wait longer than a run does. */
  onPutOff?: (putOff: PutOff) => void;
  /** Counts what this request costs. */
  traffic: Traffic;
}
