import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/processes.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Our own code, as it is built and run. */
const SOURCES = globSync('{app,components,db,lib,public/help}/**/*.{ts,tsx,mjs}', { cwd: ROOT })
  .concat('proxy.ts', 'instrumentation.ts', 'next.config.mjs')
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

/** Each place where a pattern stands: `file: what stands there`. */
const places = (pattern: RegExp) =>
  SOURCES.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map(([found, ...groups]) => `${file}: ${groups[0] ?? found}`),
  );

test('there is code to look at', () => {
  expect(SOURCES.length).toBeGreaterThan(400);
  expect(places(/createHash\('sha256'/g).length).toBeGreaterThan(5);
});

test.each<[string, RegExp, string[]?]>([
  ['text becomes HTML nowhere', /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/g],
  ['text becomes code nowhere', /\beval\(|new Function\(|\bvm\.|from 'node:vm'/g],
  ['no text from outside is a format', /util\.format|\bformat\b[^;]*from 'node:util'|printf|formatWithOptions/g],
  ['pages are HTML, styles and scripts alone', /<(?:object|embed|applet|iframe|frame|marquee)[\s/>]/g],
  ['certificates are verified', /rejectUnauthorized: (?!true)\w+|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/g],
  ['nothing is encrypted by hand', /create(?:C|Dec)ipher|publicEncrypt|privateDecrypt|subtle\.encrypt/g],
  ['no key is made of a password', /pbkdf2|scrypt|argon2|createDiffieHellman|createECDH/g],
  [
    'patterns are made of constants, but those of the demo tenant',
    /new RegExp\((?!`|String\.raw`|\n)([^)]*)/g,
    ['lib/demo/tenant/faults.ts: text', "lib/demo/tenant/faults.ts: text, 'i'"],
  ],
  [
    'the browser keeps only whether single keys work',
    /localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open/g,
    [
      'components/layout/palette/single-keys.ts: localStorage',
      'components/layout/palette/single-keys.ts: localStorage',
    ],
  ],
  // How long to pause before a request is repeated.
  ['chance that keeps anybody out comes from the system', /Math\.random\(/g, ['lib/graph/pause.ts: Math.random(']],
])('%s', (_, pattern, allowed = []) => {
  expect(places(pattern)).toEqual(allowed);
});

test('the server says nothing but its log, and one line when it starts, waits or cannot', () => {
  const written = places(/process\.(?:stdout|stderr)|\bconsole\.\w+\(/g).filter(
    (place) => !/^(?:lib\/(?:cli|setup)|public)\//.test(place),
  );
  expect(new Set(written)).toEqual(
    new Set(['lib/serve.ts: process.stderr', 'lib/server.ts: process.stderr', 'lib/server.ts: process.stdout']),
  );
});

test('a handler reads the address or the body, never the same from both', () => {
  const handlers = SOURCES.filter(({ file }) => file.endsWith('route.ts'));
  expect(handlers.length).toBeGreaterThan(30);
  const both = handlers.filter(
    ({ text }) => /searchParams|nextUrl/.test(text) && /readJson|request\.(?:json|text|formData)/.test(text),
  );
  expect(both.map(({ file }) => file)).toEqual([]);
});

test('hashes and signatures are Node’s own, and of a strength that is approved', () => {
  const found = places(/\b(?:createHash|createHmac|hash|generateKeyPairSync|createSign|createVerify)\('([\w-]+)'/g);
  const weak = found.filter((place) => !/: (?:sha256|sha512-256|ed25519|ed448)$/.test(place));
  // Tells whether a row says something new: nobody is kept out by it.
  expect(weak).toEqual(['lib/intake/rows/known-person.ts: sha1']);
});

test('the lint refuses a comparison that converts', () => {
  const folder = temporaryFolder();
  const config = JSON.parse(readFileSync(path.join(ROOT, 'biome.json'), 'utf8'));
  writeFileSync(
    path.join(folder, 'biome.json'),
    JSON.stringify({ ...config, $schema: undefined, extends: undefined, vcs: undefined }),
  );
  const biome = path.join(ROOT, 'node_modules', '.bin', 'biome');
  const statusOf = (comparison: string) => {
    const text = `export const isOne = (value: unknown) => value ${comparison} 1;\n`;
    writeFileSync(path.join(folder, 'one.ts'), text);
    return spawnSync(biome, ['lint'], { cwd: folder }).status;
  };
  expect([statusOf('=='), statusOf('===')]).toEqual([1, 0]);
});
