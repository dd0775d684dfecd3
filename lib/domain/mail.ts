/** What a mail is and what can become of it; the transports beside this file send it. */

export interface Mail {
  /** What this mail is about; the same at every attempt. */
  key: string;
  sender: string;
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  attachment: { name: string; text: string } | null;
}

/** `answer` is one sentence: what the server said, or why it was not reached. */
export type Delivery =
  | { kind: 'sent'; answer: string }
  /** Surely not sent; not before `retryAfterMs` where the server names it. */
  | { kind: 'try_again'; retryAfterMs: number | null; answer: string }
  /** It may have been sent, so it is never repeated. */
  | { kind: 'uncertain'; answer: string }
  /** The server will not take this mail, now or later. */
  | { kind: 'refused'; answer: string };

export interface MailTransport {
  readonly name: string;
  /** Sends one mail, once. Never throws: whatever happens is a delivery. */
  send(mail: Mail): Promise<Delivery>;
}
