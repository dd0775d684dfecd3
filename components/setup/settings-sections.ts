/** The sections of Settings; each has its own address. */

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

export const SECTION_LABELS: Record<Section, string> = {
  schedule: 'Schedule',
  folder: 'Drop folder',
  limits: 'Limits and licensing',
  waiting: 'Waiting times',
  retention: 'Retention',
  reports: 'Reports',
  sessions: 'Sessions',
  environment: 'Environment',
};

export function sectionHref(section: Section): string {
  return section === 'schedule' ? '/settings' : `/settings?section=${section}`;
}
