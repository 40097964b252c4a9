/** What a client looks at of a frame that came. Its fields are what the public API says, so they are not typed by the code under test. */
export interface Frame {
  type: string;
  id?: number;
  data?: unknown;
  error?: WireError;
}

/** The error of a frame, or of an HTTP answer. */
export interface WireError {
  code: string;
  retryable: boolean;
  retryAfterMs?: number;
}
