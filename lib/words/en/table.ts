/** Every table. */
export const table = {
  figure: '{n, number}',
  chosenRows: 'Chosen rows',
  choosePage: 'Choose all on this page',
  choose: 'Choose {name}',
} as const;
