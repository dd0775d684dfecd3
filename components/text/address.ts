/** Addresses of lists: what is shown lives in the search parameters, so every view can be pasted to a colleague. Pure. */

/** `path` with the parameters that say something; null and empty ones are left out. */
export function address(path: string, parameters: Record<string, string | number | null>): string {
  const kept = Object.entries(parameters).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, String(value)]],
  );
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}
