/** Who a user is to others. */
export interface UserDocument {
  /** The user id. */
  _id: string;
  nickname: string;
  avatar: string;
  ex: string;
  /** Raised by every change. */
  version: number;
  created_at: Date;
}
