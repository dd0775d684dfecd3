/** How a file says where it came from and how large it is. Pure. */
import type { FileItem } from '#lib/services/files/files.ts';

export function sourceText({ source, receivedFrom }: Pick<FileItem, 'source' | 'receivedFrom'>): string {
  if (source === 'drop_folder') return 'Drop folder';
  return source === 'upload' ? `Upload by ${receivedFrom}` : 'Command line';
}

/** `812 bytes`, `14.2 kB`, `3.1 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
