/** How a file says where it came from and how large it is. Pure. */
import type { FileItem } from '#lib/services/files/files.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type SayFiles = Say<Words['files']>;

export function sourceText(say: SayFiles, { source, receivedFrom }: Pick<FileItem, 'source' | 'receivedFrom'>): string {
  if (source === 'drop_folder') return say('dropFolder');
  return source === 'upload' ? say('uploadBy', { name: receivedFrom ?? '' }) : say('commandLine');
}

/** `812 bytes`, `14.2 kB`, `3.1 MB`. */
export function sizeText(say: SayFiles, bytes: number): string {
  if (bytes < 1000) return say('bytes', { n: bytes });
  return bytes < 1_000_000 ? say('kilobytes', { n: bytes / 1000 }) : say('megabytes', { n: bytes / 1_000_000 });
}
