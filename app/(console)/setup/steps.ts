/** The steps of the guided set-up, each with its own address; what they are called and what they are about is in the area `setup`. */
import type { SetupStep } from '#lib/services/settings/setup.ts';

/** Where settings of a step are changed. */
const PLACES = {
  environment: '/settings?section=environment',
  folder: '/settings?section=folder',
  mappings: '/mappings',
  licences: '/licences',
  schedule: '/settings',
  limits: '/settings?section=limits',
  reports: '/settings?section=reports',
} as const;

const STEP_PLACES: Record<SetupStep, readonly (keyof typeof PLACES)[]> = {
  connect: ['environment'],
  permissions: [],
  folder: ['folder'],
  licences: ['mappings', 'licences'],
  schedule: ['schedule', 'limits'],
  reports: ['reports'],
  'dry-run': [],
};

export const STEPS = Object.keys(STEP_PLACES) as readonly SetupStep[];

export function placesOf(step: SetupStep): { place: keyof typeof PLACES; href: string }[] {
  return STEP_PLACES[step].map((place) => ({ place, href: PLACES[place] }));
}

export function stepHref(step: SetupStep): string {
  return step === 'connect' ? '/setup' : `/setup?step=${step}`;
}
