/** Programs that do something by themselves. */
export const actors = {
  program: 'Program:',
  idm: 'The drop folder',
  commandLine: 'Command line',
} as const;
