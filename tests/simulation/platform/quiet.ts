/** Imported first: the log of the product reads its level when it is loaded. */
process.env.LOG_LEVEL = 'silent';
for (const level of ['log', 'info', 'warn', 'error'] as const) console[level] = () => {};
// Node asks the operating system for each variable each time; the product asks for sixty at every page and poll.
process.env = { ...process.env };
