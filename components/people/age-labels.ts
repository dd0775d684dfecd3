/** How long somebody has been in its state at least, as the address names it, and in words. Pure. */

export const AGE_LABELS: Record<string, string> = {
  '1h': 'an hour',
  '1d': 'a day',
  '3d': '3 days',
  '7d': '7 days',
  '30d': '30 days',
};
