/** Header names of every record: values carry the payload alone. */
export const HEADER = {
  id: 'id',
  type: 'type',
  producer: 'producer',
  traceparent: 'traceparent',
  requestId: 'request-id',
  /** `<partition of reply.v1>/<process>` */
  replyTo: 'reply-to',
  correlationId: 'correlation-id',
  /** Milliseconds since the epoch. */
  deadline: 'deadline',
  /** Why it is in a dead-letter topic. */
  reason: 'dead-letter-reason',
  /** `<topic>/<partition>/<offset>` of the record that a dead letter was. */
  origin: 'dead-letter-origin',
  /** `<topic>/<partition>:<offset>` of the dead letter that this record is a replay of. */
  replayOf: 'dead-letter-replay-of',
} as const;
