export interface ProgressDocument {
  /** `<topic>/<partition>` */
  _id: string;
  /** The identity of the log that the offset belongs to. */
  log: string;
  /** Raised when another log is adopted. */
  epoch: number;
  /** Everything below is decided. */
  offset: number;
}
