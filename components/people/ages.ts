/** How long somebody has been in its state at least, as the address names it. */
export const AGES = ['1h', '1d', '3d', '7d', '30d'] as const;
