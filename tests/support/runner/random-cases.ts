/** How many of `count` random cases a test tries: all of them in `npm test`, a third in `npm run check`, which has to be quick enough to use while working. */
export const randomCases = (count: number): number => (process.env.SLOW_TESTS ? count : Math.ceil(count / 3));
