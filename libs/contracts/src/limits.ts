/** Every limit that a caller can meet. `GET /v1/server` and the generated documents show them. */
export const LIMITS = {
  /** Bytes of a message's content as JSON text. */
  maxContentBytes: 64 * 1024,
  /** Levels of objects and arrays in one another, in content and `ex`. */
  maxContentDepth: 32,
  maxExBytes: 1024,
  maxProfileExBytes: 4096,
  maxNicknameLength: 128,
  maxAvatarLength: 1024,
  maxMentions: 100,
  /** Bytes of a WebSocket frame and of an HTTP body. */
  maxFrameBytes: 512 * 1024,
  /** Bytes of one record of a log. */
  maxRecordBytes: 512 * 1024,
  maxPageMessages: 50,
  maxPageBytes: 512 * 1024,
  maxPageItems: 200,
  maxBatchItems: 100,
  maxGroupMembers: 100_000,
  /** Sends and other requests of one socket that wait for their answer. */
  maxInFlight: 64,
  maxSeq: Number.MAX_SAFE_INTEGER,
} as const;
