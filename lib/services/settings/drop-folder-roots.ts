/** Where an Admin may choose the drop folder: below folders that the environment names, wherever links lead. */
import { realpathSync } from 'node:fs';
import path from 'node:path';

/** The real place of a folder: of one that does not exist yet, that of the nearest folder above it. */
function realPlace(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const above = path.dirname(folder);
    return above === folder ? folder : path.join(realPlace(above), path.basename(folder));
  }
}

function isWithin(folder: string, root: string): boolean {
  const way = path.relative(root, folder);
  return way === '' || !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
}

/** Why a folder may not be chosen, as its field says it; null where it may. */
export function dropFolderProblem(
  folder: string,
  roots: readonly string[],
  platform = process.platform,
): string | null {
  if (platform !== 'win32' && /^(?:\\\\|[A-Za-z]:\\)/.test(folder))
    return 'must be a path of this server: connect the share as a folder, and name that';
  const place = realPlace(path.resolve(folder));
  if (roots.some((root) => isWithin(place, realPlace(root)))) return null;
  return `must lie in ${roots.join(' or ')}: others are allowed by DROP_FOLDER_ROOTS in the environment`;
}
