/** Messages that outlive a reload of the page: in this tab, and for whoever is signed in. */

/** What came of something that was done. */
export interface Message {
  text: string;
  /** The event of the history that shows what was done to all of them; null: to one, or to nobody. */
  deed?: number | null;
  /** Who was dismissed and can be brought back, and how long one click does it, ms UTC. */
  undo?: { people: readonly number[]; until: number } | undefined;
}

export interface KeptMessage extends Message {
  id: string;
}

const NAME = 'messages';

/** None where the browser keeps nothing for pages, or keeps what another operator was told. */
export function keptMessages(owner: string): readonly KeptMessage[] {
  try {
    const kept: { owner: string; messages: KeptMessage[] } = JSON.parse(sessionStorage.getItem(NAME) ?? '');
    return kept.owner === owner ? kept.messages : [];
  } catch {
    return [];
  }
}

export function keepMessages(owner: string, messages: readonly KeptMessage[]): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ owner, messages }));
  } catch {
    // They are shown all the same.
  }
}
