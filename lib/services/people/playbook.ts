/** What an administrator looks at outside of AutoProvision for the cause of one person. No verb. */
import type { PersonRow } from '#db/store/people/people-read.ts';
import { type Article, playbookOf } from '#lib/domain/reasons/playbook.ts';
import { readEnv } from '#lib/env.ts';
import { type PortalLink, portalLinks } from '#lib/services/diagnoses/portals.ts';
import type { Language } from '#lib/words/languages.ts';

export interface PersonPlaybook {
  /** Pages of Microsoft's admin centres, those of this account where it is known. */
  links: PortalLink[];
  /** Lines for PowerShell. */
  script: string;
  article: Article;
}

/** Null: there is nothing to do there. */
export function personPlaybook(
  { reason, userPrincipalName, accountId }: PersonRow,
  language: Language,
): PersonPlaybook | null {
  const playbook = playbookOf(reason, userPrincipalName);
  if (!playbook) return null;
  const { pages, script, article } = playbook;
  return { links: portalLinks(pages, accountId, readEnv().graph.baseUrl, language), script, article };
}
