import { testServers } from '#testing';
import { eventLogConformance } from '../../libs/bus/src/conformance/event-log.suite.js';
import { kafkaUnderTest } from './kafka-under-test.js';

eventLogConformance({
  name: 'Kafka',
  runs: 4,
  patienceMs: 20_000,
  create: () => kafkaUnderTest(testServers().kafkaBrokers.split(',')),
});
