/** Takes a guide apart into its sections, each with an anchor to link to. Pure. */
import { marked, type Token, type Tokens } from 'marked';

export interface Section {
  /** The part after `#` in the address. */
  anchor: string;
  /** Those that it had before, which links from elsewhere still name. */
  formerAnchors: string[];
  title: string;
  /** 1: the guide itself; 2 and 3: its parts. */
  depth: number;
  /** What follows the heading, parsed. */
  body: Token[];
}

/** An anchor that stays the same when the heading is reworded, and former ones after it: `## No free seat {#no_seat #seats}`. */
const OWN_ANCHOR = /\s*\{#([\w-]+)((?: #[\w-]+)*)\}$/;

/** The anchor of a heading as GitHub makes it, so that links work there as well. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

/** What of the Markdown is read as plain words, for example for a search. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => token.raw)
    .join(' ')
    .replace(/^\s*(?:-|\d+\.)\s+/gm, '')
    .replace(/\]\([^)]*\)|[[\]*`|#]|-{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Sections in their order. Throws where a guide does not begin with its title, or names an anchor twice. */
export function toSections(markdown: string): Section[] {
  const sections: Section[] = [];
  for (const token of marked.lexer(markdown)) {
    if (isHeading(token)) {
      const own = OWN_ANCHOR.exec(token.text);
      const title = plainText([{ ...token, raw: token.text.replace(OWN_ANCHOR, '') }]);
      const formerAnchors = (own?.[2] ?? '').match(/[\w-]+/g) ?? [];
      sections.push({ anchor: own?.[1] ?? slug(title), formerAnchors, title, depth: token.depth, body: [] });
    } else if (token.type !== 'space') {
      const section = sections.at(-1);
      if (!section) throw new Error('A guide begins with its title.');
      section.body.push(token);
    }
  }
  const anchors = sections.flatMap(({ anchor, formerAnchors }) => [anchor, ...formerAnchors]);
  const twice = anchors.find((anchor, index) => anchors.indexOf(anchor) !== index);
  if (twice !== undefined) throw new Error(`The anchor #${twice} is there twice.`);
  return sections;
}
