/** Every fault that is planted to measure what the simulation finds. */
import { DECISION_FAULTS } from './decisions.ts';
import { ENGINE_FAULTS } from './engine.ts';
import { GRAPH_FAULTS } from './graph.ts';
import { INTAKE_FAULTS } from './intake.ts';
import type { PlantedFault } from './planted-fault.ts';
import { STORE_FAULTS } from './store.ts';

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  ...ENGINE_FAULTS,
  ...DECISION_FAULTS,
  ...GRAPH_FAULTS,
  ...INTAKE_FAULTS,
  ...STORE_FAULTS,
];
