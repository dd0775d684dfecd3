import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { STATE_ORDER, STATE_TONES } from '#components/people/state-labels.ts';
import { needsSomebody } from '#lib/domain/states.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const TOKENS = path.join('app', 'tokens.css');
const tokens = readFileSync(path.join(ROOT, TOKENS), 'utf8');

const namesIn = (css: string) => [...css.matchAll(/^\s*(--[\w-]+):/gm)].map(([, name = '']) => name);
const usedIn = (text: string) => [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name);
const tokenNames = namesIn(tokens);
/** The comment on top of the tokens lists them. */
const widths = [...tokens.matchAll(/^ \* {3}(\d+)px /gm)].map(([, width]) => Number(width));

const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.(css|tsx?)$/.test(name) && name !== TOKENS),
);
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|light-dark)\(/gi;
const COLOUR_NAME =
  /\b(?:white|black|gr[ae]y|silver|red|maroon|orange|yellow|gold|olive|green|lime|teal|cyan|aqua|blue|navy|purple|fuchsia|magenta|pink|brown)\b/gi;
const SPACE = /\b(?:padding|margin|gap|scroll-margin)[\w-]*:[^;]*?(?<!\w|\w-)\d*\.?\d+(?:px|r?em|ch)\b[^;]*/g;
const MEASURED_TEXT = /\b(?:font-size|line-height|font-family):[^;]*|\bfont:[^;]*\d+px[^;]*/g;
const WIDTH_QUERY = /@media[^{]*\b(?:width|min-width|max-width)\b[^{]*/g;

function isKnownWidth(query: string): boolean {
  const conditions = [...query.matchAll(/\(width (?:<|>=) (\d+)px\)/g)].map(([, width]) => Number(width));
  return conditions.length > 0 && !/m(?:in|ax)-width/.test(query) && conditions.every((one) => widths.includes(one));
}

/** What stands in a file that belongs into the tokens. */
function strayIn(file: string, text: string): string[] {
  const colours = text.match(COLOUR) ?? [];
  if (!file.endsWith('.css')) return colours;
  // Pictures that are masks have no colour of their own, whatever stands in them.
  const css = text.replace(/url\("[^"]*"\)/g, '').replace(/\/\*[\s\S]*?\*\//g, '');
  const own = new Set([...tokenNames, ...namesIn(css)]);
  return [
    ...(css.match(COLOUR) ?? []),
    ...(css.match(/:[^;{}]*;/g) ?? []).flatMap((value) => value.match(COLOUR_NAME) ?? []),
    ...(css.match(SPACE) ?? []),
    ...(css.match(MEASURED_TEXT) ?? []),
    ...(css.match(WIDTH_QUERY) ?? []).filter((query) => !isKnownWidth(query)),
    ...usedIn(css).filter((name) => !own.has(name)),
  ];
}

test('there are eight status colours, none of them for information, six spaces and three widths, and no token that nothing uses', () => {
  const status = tokenNames.filter((name) => /^--(info|warn|bad|good)-/.test(name));
  expect(status.map((name) => name.split('-')[2])).toEqual([
    'warn',
    'warn',
    'warn',
    'bad',
    'bad',
    'bad',
    'good',
    'good',
  ]);
  expect(tokenNames.filter((name) => name.startsWith('--space-'))).toHaveLength(6);
  expect(widths).toHaveLength(3);
  const used = new Set([tokens, ...files.map(textOf)].flatMap(usedIn));
  expect(tokenNames.filter((name) => !used.has(name))).toEqual([]);
});

test('text has four sizes', () => {
  // A drawing has units of its own, and what a machine wrote the size of what stands beside it.
  const sizes = [...tokens.matchAll(/^ {2}--font-(?!chart)\w+: (\d+)px/gm)].map(([, size]) => size);
  expect([...new Set(sizes)]).toEqual(['12', '14', '16', '28']);
});

/** The two colours of a token, light and dark. */
const coloursOf = (name: string) =>
  [...(tokens.match(`${name}: light-dark\\((#\\w+), (#\\w+)\\)`) ?? [])]
    .slice(1)
    .map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255));
const luminance = (colour: readonly number[]) => {
  const [r = 0, g = 0, b = 0] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
function contrast(one: readonly number[], other: readonly number[]): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test('which box is ticked and which choice is made can be seen in both themes: the edge and the dot stand out three to one', () => {
  const css = textOf(path.join('components', 'controls', 'choice.module.css'));
  const drawn = [
    css.match(/\.box:is\(:checked, :indeterminate\) \{\s+border-color: var\((--[\w-]+)\)/)?.[1],
    css.match(/\.radio:checked::before \{[^}]*background: var\((--[\w-]+)\)/)?.[1],
  ];
  const grounds = ['--surface', '--surface-hover', '--accent-surface'].map(coloursOf);
  for (const token of drawn)
    for (const ground of grounds)
      for (const [theme, colour] of coloursOf(token ?? '').entries())
        expect(contrast(colour, ground[theme] ?? [])).toBeGreaterThanOrEqual(3);
  expect(drawn.flatMap((token) => coloursOf(token ?? ''))).toHaveLength(4);
});

/** How long transitions take, ms. The bar that says that something is awaited is an animation: it moves as long as it has to. */
const motionsIn = (css: string) =>
  [...css.matchAll(/\btransition(?:-duration)?:([^;]*);/g)]
    .flatMap(([, value = '']) => [...value.matchAll(/([\d.]+)(ms|s)\b/g)])
    .map(([, n, unit]) => Number(n) * (unit === 's' ? 1000 : 1));
const STOPPED = /prefers-reduced-motion: reduce\) \{[^@]*(?:transition: none|animation-timing-function: step-start)/;

test('what moves is still after a tenth of a second, and does not move for those who do not want it', () => {
  const moving = files.filter((file) => file.endsWith('.css') && /\b(?:transition|animation):/.test(textOf(file)));
  expect(moving.length).toBeGreaterThan(2);
  expect(moving.filter((file) => !STOPPED.test(textOf(file)))).toEqual([]);
  expect(moving.flatMap((file) => motionsIn(textOf(file))).filter((ms) => ms > 100)).toEqual([]);
  expect(motionsIn('.a { transition: color .15s, translate 200ms; }')).toEqual([150, 200]);
  expect(moving.filter((file) => /\banimation:/.test(textOf(file)))).toEqual([
    path.join('components', 'layout', 'in-app-links.module.css'),
  ]);
});

test('no file but the tokens has a colour, a space, a size of text or a width of the window of its own', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => strayIn(file, textOf(file)).map((found) => `${file}: ${found}`))).toEqual([]);
});

test.each([
  ['.a { color: #fff; }', '#fff'],
  ['.a { color: rgb(0 0 0 / 4%); }', 'rgb('],
  ['.a { background: white; }', 'white'],
  ['.a { padding: 3px var(--space-s); }', 'padding: 3px var(--space-s)'],
  ['.a { margin-inline: -8px; }', 'margin-inline: -8px'],
  ['.a { font-size: 13px; }', 'font-size: 13px'],
  ['.a { color: var(--colour-of-nothing); }', '--colour-of-nothing'],
  ['@media (width < 640px) {', '@media (width < 640px) '],
  ['@media (max-width: 600px) {', '@media (max-width: 600px) '],
])('%s is noticed', (css, stray) => {
  expect(strayIn('probe.css', css)).toContain(stray);
});

test('a colour in a component is noticed', () => {
  expect(strayIn('probe.tsx', '<path stroke="#0f6cbd" />')).toEqual(['#0f6cbd']);
});

test('colour is for what needs somebody: what waits and what is done have none but the tick of what is done', () => {
  const fillsOf = (file: string, name: string) => {
    const [, rules = ''] = new RegExp(`^\\.${name}(?:,\\n[^{]*)? \\{\\n([^}]*)`, 'm').exec(textOf(file)) ?? [];
    return usedIn(rules).filter((token) => !token.startsWith('--sign'));
  };
  const [badge, bar] = ['components/people/badge.module.css', 'components/runs/outcome-bar.module.css'];
  const calm = [fillsOf(badge, 'info'), fillsOf(badge, 'good'), fillsOf(bar, 'open'), fillsOf(bar, 'waiting')];
  for (const tokensOf of calm) {
    expect(tokensOf).not.toEqual([]);
    expect(tokensOf.filter((token) => /accent|info|good|warn|bad/.test(token))).toEqual([]);
  }
  expect(fillsOf(bar, 'attention')).toEqual(['--warn-line']);
});

test('a state is amber or red where somebody is needed, and nowhere else', () => {
  const coloured = STATE_ORDER.filter((state) => ['warn', 'bad'].includes(STATE_TONES[state]));
  expect(coloured).toEqual(STATE_ORDER.filter(needsSomebody));
});

test('red is for what failed, what was refused and what keeps somebody out, on no other sheet', () => {
  const red = files.filter((file) => file.endsWith('.css') && /var\(--bad-/.test(textOf(file)));
  expect(red.toSorted()).toEqual([
    'app/(console)/overview-strip.module.css',
    'app/(console)/settings/settings.module.css',
    'app/(console)/upload/[id]/draft-editor.module.css',
    'app/(console)/upload/[id]/rows/rows-table.module.css',
    'app/globals.css',
    'components/controls/field.module.css',
    'components/people/badge.module.css',
    'components/runs/cycle-bar.module.css',
    'components/ui/callout.module.css',
  ]);
});

test('a notice has a coloured edge where somebody is needed, and a grey one where it informs or tells what was done', () => {
  const edges = [
    ...textOf('components/ui/callout.module.css').matchAll(
      /^\.(\w+) \{\n {2}border-inline-start-color: var\((--\w+)/gm,
    ),
  ];
  expect(edges.map(([, tone, colour]) => [tone, colour])).toEqual([
    ['warn', '--warn'],
    ['bad', '--bad'],
  ]);
});

test('pictures, bars and badges take no blue, and red only for what failed', () => {
  const sheets = ['charts/charts', 'runs/outcome-bar', 'runs/progress', 'runs/cycle-bar', 'people/badge'];
  const drawn = Object.fromEntries(
    sheets.map((name) => [
      name,
      usedIn(textOf(`components/${name}.module.css`)).filter((one) => /accent|info|bad/.test(one)),
    ]),
  );
  expect(drawn).toEqual({
    'charts/charts': [],
    'runs/outcome-bar': [],
    'runs/progress': [],
    'runs/cycle-bar': ['--bad-line'],
    'people/badge': ['--bad-line', '--bad-surface', '--bad-text'],
  });
});
