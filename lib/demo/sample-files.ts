/** The sample files of the demo, with start dates as near as when they were written. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, dayAt } from '#lib/domain/days.ts';

const SAMPLES = path.join(import.meta.dirname, 'samples');
/** The day for which the start dates in the files were chosen. */
const WRITTEN_ON = '2026-11-23';
const DAY_MS = 24 * 3_600_000;

/** Puts the sample files into a folder. */
export function placeSamples(folder: string, now: number): void {
  const days = Math.round((Date.parse(dayAt(now, 'UTC')) - Date.parse(WRITTEN_ON)) / DAY_MS);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(SAMPLES).filter((file) => file.endsWith('.csv'))) {
    // Each file has an encoding of its own; Latin-1 keeps every byte as it is.
    const text = readFileSync(path.join(SAMPLES, name), 'latin1');
    const moved = text
      .replace(/\d{4}-\d\d-\d\d/g, (day) => addDays(day, days))
      .replace(/(\d\d)\.(\d\d)\.(\d{4})/g, (_, day, month, year) =>
        addDays(`${year}-${month}-${day}`, days).split('-').reverse().join('.'),
      );
    writeFileSync(path.join(folder, name), moved, 'latin1');
  }
}
