/** The guide to reasons, written from the reasons themselves so that it cannot go stale. Pure: gives Markdown. */
import { type FixedBy, REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { isReasonCode, REASONS, RUN_REASONS } from '#lib/domain/reasons/reasons.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import { reasonsIn, type SayReason } from '#lib/words/reasons.ts';
import type { Say } from '#lib/words/say.ts';

/** Who fixes what, those first who have something to do; each with the anchor of its part, which is the same in every language. */
const ANCHORS: Record<FixedBy, string> = {
  helpdesk: 'the-helpdesk-can-fix-it',
  admin: 'an-admin-of-autoprovision-can-fix-it',
  tenant_admin: 'a-microsoft-365-administrator-can-fix-it',
  directory_admin: 'the-active-directory-team-can-fix-it',
  exchange_admin: 'the-exchange-team-can-fix-it',
  nobody: 'nothing-to-fix',
};

interface GuideWords {
  guide: Say<Words['reasonsGuide']>;
  state: Say<Words['states']>;
  reason: SayReason;
}

function stateText({ guide, state }: GuideWords, states: (typeof REASON_CATALOGUE)[ReasonCode]['states']): string {
  if (states === 'unchanged') return guide('unchanged');
  return states.map((name) => state(name)).join(', ');
}

function paragraph(say: GuideWords, code: ReasonCode): string {
  const { states, fixedBy } = REASON_CATALOGUE[code];
  return [
    `### ${say.reason.title(code)} {#${code}}`,
    say.reason.cause(code),
    [
      `- **${say.guide('state')}** ${stateText(say, states)}`,
      `- **${say.guide('whatToDo')}** ${say.reason.fix(code) ?? say.guide('nothing')}`,
      `- **${say.guide('whoCan')}** ${say.guide(`who.${fixedBy}`)}`,
      `- **${say.guide('code')}** \`${code}\``,
    ].join('\n'),
  ].join('\n\n');
}

const CODES = Object.keys(REASONS).filter(isReasonCode);

/** Every reason with its paragraph, those that somebody has to fix first. */
export function reasonsGuide(language: Language): string {
  const say = { guide: sayIn(language, 'reasonsGuide'), state: sayIn(language, 'states'), reason: reasonsIn(language) };
  const groups = (Object.keys(ANCHORS) as FixedBy[]).map((who) => {
    const codes = CODES.filter((code) => REASON_CATALOGUE[code].fixedBy === who);
    return [`## ${say.guide(`title.${who}`)} {#${ANCHORS[who]}}`, ...codes.map((code) => paragraph(say, code))].join(
      '\n\n',
    );
  });
  return [
    `# ${say.guide('title')}`,
    say.guide('intro'),
    ...groups,
    `## ${say.guide('stopped')} {#why-a-whole-run-stopped}`,
    say.guide('stoppedIntro'),
    Object.keys(RUN_REASONS)
      .map((code) => `- **${say.reason.runTitle(code)}** (\`${code}\`)`)
      .join('\n'),
  ].join('\n\n');
}
