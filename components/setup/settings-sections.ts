/** The sections of Settings; each has its own address; what they are called is in the area `navigation`. */

export const SECTIONS = [
  'schedule',
  'folder',
  'limits',
  'waiting',
  'retention',
  'reports',
  'sessions',
  'environment',
] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionHref(section: Section): string {
  return section === 'schedule' ? '/settings' : `/settings?section=${section}`;
}
