import { testServers } from '#testing';
import { eventLogStateMachine } from '../../libs/bus/src/conformance/state-machine.suite.js';
import { kafkaUnderTest } from './kafka-under-test.js';

eventLogStateMachine({
  name: 'Kafka',
  runs: 3,
  maxCommands: 12,
  maxCrashes: 1,
  patienceMs: 40_000,
  limitMs: 400_000,
  create: () => kafkaUnderTest(testServers().kafkaBrokers.split(',')),
});
