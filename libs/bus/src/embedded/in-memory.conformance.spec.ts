import { eventLogConformance } from '../conformance/event-log.suite.js';
import { inMemory } from './embedded-under-test.suite.js';

eventLogConformance({ name: 'embedded, in memory', runs: 50, patienceMs: 2_000, create: inMemory });
