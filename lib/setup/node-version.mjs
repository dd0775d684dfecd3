/** Which Node the product runs on: below it the sources do not start and better-sqlite3 crashes. */

/**
 * @param {string} version as `process.version` names it
 * @returns {boolean}
 */
export function isTooOld(version) {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major < 22 || (major === 22 && minor < 18);
}
