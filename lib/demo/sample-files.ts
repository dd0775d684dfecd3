/** The sample files of the demo, with start dates as near as when they were written. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, dayAt } from '#lib/domain/time/days.ts';

const SAMPLES = path.join(import.meta.dirname, 'samples');
/** The day for which the start dates in the files were chosen. */
const WRITTEN_ON = '2026-11-29';
const DAY_MS = 24 * 3_600_000;

/** `field`: about people who move, return or are refused. `later`: what the IDM says about some of them the next time. */
type SampleSet = 'field' | 'later';

/** Puts sample files into a folder: those of the sixty, or another set. */
export function placeSamples(folder: string, now: number, set: SampleSet | '' = ''): void {
  const samples = path.join(SAMPLES, set);
  const days = Math.round((Date.parse(dayAt(now, 'UTC')) - Date.parse(WRITTEN_ON)) / DAY_MS);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(samples).filter((file) => file.endsWith('.csv'))) {
    const bytes = readFileSync(path.join(samples, name));
    // Each file has an encoding of its own: UTF-16, or one of which Latin-1 keeps every byte as it is.
    const encoding = bytes[0] === 0xff ? 'utf16le' : 'latin1';
    const moved = bytes
      .toString(encoding)
      .replace(/\d{4}-\d\d-\d\d/g, (day) => addDays(day, days))
      .replace(/(\d\d)\.(\d\d)\.(\d{4})/g, (_, day, month, year) =>
        addDays(`${year}-${month}-${day}`, days).split('-').reverse().join('.'),
      );
    writeFileSync(path.join(folder, name), moved, encoding);
  }
}
