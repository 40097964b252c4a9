import { countersSuite } from './counters.suite.js';
import { MemoryCounters } from './memory-counters.js';

countersSuite('MemoryCounters', () => Promise.resolve(new MemoryCounters()));
