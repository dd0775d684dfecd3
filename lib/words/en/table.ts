/** Every table. */
export const table = {
  chosenRows: 'Chosen rows',
  choosePage: 'Choose all on this page',
  choose: 'Choose {name}',
} as const;
