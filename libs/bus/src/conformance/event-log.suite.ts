import { appendSuite } from './append.suite.js';
import { assignmentSuite } from './assignment.suite.js';
import { crashSuite } from './crash.suite.js';
import { deliverySuite } from './delivery.suite.js';
import type { Conformance } from './log-under-test.suite.js';
import { topicSuite } from './topic.suite.js';

/** What EventLog promises, as tests: every implementation passes all of them. */
export function eventLogConformance(conformance: Conformance): void {
  describe(`the event log: ${conformance.name}`, () => {
    topicSuite(conformance);
    appendSuite(conformance);
    deliverySuite(conformance);
    assignmentSuite(conformance);
    crashSuite(conformance);
  });
}
