import type { Profile, UserId } from '#contracts';
import type { UserDocument } from './user.document.js';

export function toUserDocument({ userId, nickname, avatar, ex, version, createdAt }: Profile): UserDocument {
  return { _id: userId, nickname, avatar, ex, version, created_at: new Date(createdAt) };
}

export function toProfile({ _id, nickname, avatar, ex, version, created_at }: UserDocument): Profile {
  return { userId: _id as UserId, nickname, avatar, ex, version, createdAt: created_at.getTime() };
}
