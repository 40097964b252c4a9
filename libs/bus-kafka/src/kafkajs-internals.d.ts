declare module 'kafkajs/src/network/requestQueue/index.js' {
  class RequestQueue {
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    pending: unknown[];
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
  export = RequestQueue;
}

declare module 'kafkajs/src/protocol/requests/produce/*/response.js' {
  const response: { parse: (decoded: unknown) => Promise<unknown> };
  export = response;
}

declare module 'kafkajs/src/protocol/error.js' {
  const errors: { createErrorFromCode: (code: number) => Error & { type: string; retriable: boolean } };
  export = errors;
}

declare module 'kafkajs/src/errors.js' {
  type ErrorClass = new (message: string | Error, options?: { cause?: unknown }) => Error;
  const errors: Record<
    'KafkaJSNonRetriableError' | 'KafkaJSSASLAuthenticationError' | 'KafkaJSGroupCoordinatorNotFound' | 'KafkaJSTimeout',
    ErrorClass
  >;
  export = errors;
}

declare module 'kafkajs/src/cluster/index.js' {
  class Cluster {
    findGroupCoordinator(group: { groupId: string }): Promise<unknown>;
  }
  export = Cluster;
}
