/** How a user proves who he is; missing for one who has neither e-mail nor password. */
export interface CredentialDocument {
  /** The user id. */
  _id: string;
  /** Normalised. */
  email?: string;
  /** argon2id, in its own encoding. */
  password_hash?: string;
}
