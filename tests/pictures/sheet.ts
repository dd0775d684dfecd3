/** The sheet: every picture on one page, a line for each page and state; beside an older set, before and after. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Form {
  name: string;
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
}

export const FORMS: readonly Form[] = [
  { name: 'wide-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'wide-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
];

export interface Shown {
  /** Of the file, without form and ending. */
  name: string;
  page: string;
  state: string;
  installation: string;
}

export const pictureName = (name: string, form: Form) => `${name}.${form.name}.png`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const STYLE = `
  body { margin: 24px; background: #808080; color: #fff; font: 14px/20px system-ui, sans-serif; }
  h2 { margin: 32px 0 8px; }
  .line { display: flex; gap: 16px; align-items: flex-start; overflow-x: auto; padding-bottom: 16px; }
  figure { margin: 0; flex: none; }
  img { display: block; height: auto; }
  .wide { width: 560px; }
  .phone { width: 220px; }
`;

function figure(label: string, address: string, form: Form): string {
  const size = form.width > 600 ? 'wide' : 'phone';
  const source = escaped(address);
  return `<figure><figcaption>${escaped(label)}</figcaption><a href="${source}"><img class="${size}" loading="lazy" alt="" src="${source}"></a></figure>`;
}

/** Writes `index.html` into `folder`, where the pictures are. `older`: the folder of an earlier set, or null. */
export function writeSheet(folder: string, shown: readonly Shown[], older: string | null): void {
  const lines = shown.map(({ name, page, state, installation }) => {
    const figures = FORMS.flatMap((form) => {
      const file = pictureName(name, form);
      const before = older === null ? null : path.join(older, file);
      return [
        ...(before !== null && existsSync(before)
          ? [figure(`${form.name}, before`, path.relative(folder, before), form)]
          : []),
        figure(before === null ? form.name : `${form.name}, after`, file, form),
      ];
    });
    return `<h2>${escaped(page)}: ${escaped(state)} (${installation})</h2><div class="line">${figures.join('')}</div>`;
  });
  writeFileSync(
    path.join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>${STYLE}</style><h1>Every page</h1>${lines.join('\n')}</html>\n`,
  );
}
