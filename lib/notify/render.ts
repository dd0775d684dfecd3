/** Renders the page of a report as plain text and as HTML that needs no style, image or colour of ours. */
import type { MailLanguage } from '#lib/domain/settings.ts';
import { oneLine } from './one-line.ts';

/** A line of the mail; `href` makes `label` a link. */
interface Line {
  label: string;
  href: string | null;
  rest: string;
}

export interface Section {
  title: string;
  /** A sentence that says what to do about it; null where nothing needs doing. */
  advice: string | null;
  /** What opens everything of the section at once, in HTML; without an address or left out there is none. */
  action?: { label: string; href: string | null };
  lines: readonly Line[];
}

export interface Page {
  language: MailLanguage;
  title: string;
  summary: string;
  sections: readonly Section[];
  footer: Line;
  /** A signed note, kept to the letter; null: there is none. */
  note: { title: string; text: string } | null;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(value: string): string {
  return oneLine(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function textLine({ label, href, rest }: Line): string {
  return oneLine([rest ? `${label}: ${rest}` : label, href ? `<${href}>` : ''].filter(Boolean).join(' '));
}

function htmlLine({ label, href, rest }: Line): string {
  const name = href
    ? `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`
    : `<strong>${escapeHtml(label)}</strong>`;
  return rest ? `${name}: ${escapeHtml(rest)}` : name;
}

function htmlNote({ title, text }: { title: string; text: string }): string {
  return `\n<h2>${escapeHtml(title)}</h2>\n<pre>${text.split('\n').map(escapeHtml).join('\n')}</pre>`;
}

export function renderText({ title, summary, sections, footer, note }: Page): string {
  const blocks = sections.map(({ title: heading, advice, lines }) =>
    [oneLine(heading), ...(advice ? [oneLine(advice)] : []), ...lines.map((line) => `- ${textLine(line)}`)].join('\n'),
  );
  const end = note ? [oneLine(note.title), note.text.trimEnd()] : [];
  return `${[oneLine(title), oneLine(summary), ...blocks, textLine(footer), ...end].filter(Boolean).join('\n\n')}\n`;
}

/** A button without a style: a cell with a border. */
function htmlAction({ action }: Section): string {
  if (!action?.href) return '';
  const cell = `<a href="${escapeHtml(action.href)}">${escapeHtml(action.label)}</a>`;
  return `<table role="presentation" border="1" cellspacing="0" cellpadding="8"><tr><td>${cell}</td></tr></table>`;
}

export function renderHtml({ language, title, summary, sections, footer, note }: Page): string {
  const blocks = sections.map((section) => {
    const { title: heading, advice, lines } = section;
    return [
      `<h2>${escapeHtml(heading)}</h2>`,
      advice ? `<p>${escapeHtml(advice)}</p>` : '',
      lines.length > 0 ? `<ul>${lines.map((line) => `<li>${htmlLine(line)}</li>`).join('\n')}</ul>` : '',
      htmlAction(section),
    ].join('\n');
  });
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
${blocks.join('\n')}
<p>${htmlLine(footer)}</p>${note ? htmlNote(note) : ''}
</body>
</html>
`;
}
