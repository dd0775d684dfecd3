/** Whether single letters act as shortcuts; whoever speaks to the computer or uses a letter for something else turns them off. This browser remembers it. */

const KEY = 'single-keys';

export function singleKeysAreOn(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

export function turnSingleKeys(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off');
}
