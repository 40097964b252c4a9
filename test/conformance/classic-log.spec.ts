import { eventLogConformance } from '../../libs/bus/src/conformance/event-log.suite.js';
import { onDisk } from '../../libs/bus/src/embedded/embedded-under-test.suite.js';

eventLogConformance({ name: 'embedded, on disk', runs: 15, patienceMs: 5_000, create: onDisk });
