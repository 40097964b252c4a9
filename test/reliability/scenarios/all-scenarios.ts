import { kafkaEmptied } from './kafka-emptied.js';
import { mongoRestored } from './mongo-restored.js';
import type { Scenario } from './scenario.js';
import { standaloneMoved } from './standalone-moved.js';

/** To add one: write it in a file of its own here, and name it. Each is a run by itself: `--faults <name>`. */
export const SCENARIOS: readonly Scenario[] = [kafkaEmptied, standaloneMoved, mongoRestored];
