/** Every table. */
export const table = {
  figure: '{n, number}',
  chosenRows: 'Selected rows',
  choosePage: 'Select all on this page',
  choose: 'Select {name}',
} as const;
