import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { PLATFORM_NAMES, type Platform } from '../content-types.js';
import type { UserId } from '../ids/user-id.js';
import { LIMITS } from '../limits.js';
import { IsOpaqueId, IsUserId } from '../validation.js';
import { change, question } from './question.js';

/** What others see of a user. */
export interface Profile {
  userId: UserId;
  nickname: string;
  avatar: string;
  ex: string;
  /** Rises with every change. */
  version: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** The user's own view of his account. */
export interface Account extends Profile {
  email?: string;
}

export interface Tokens {
  userId: UserId;
  deviceId: string;
  /** A JWT, for `Authorization: Bearer`. */
  accessToken: string;
  /** Milliseconds since the epoch. */
  accessExpiresAt: number;
  /** Good for one use: refreshing returns a new one. */
  refreshToken: string;
  refreshExpiresAt: number;
}

class ProfileFields {
  @IsOptional() @IsString() @MaxLength(LIMITS.maxNicknameLength) nickname?: string;
  @IsOptional() @IsString() @MaxLength(LIMITS.maxAvatarLength) avatar?: string;
  @IsOptional() @IsString() @MaxLength(LIMITS.maxProfileExBytes) ex?: string;
}

export class RegisterUser extends ProfileFields {
  /** Made by the server when missing. */
  @IsOptional() @IsUserId() userId?: UserId;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string;
  /** Without one the user can log in only by tokens that the team's backend mints. */
  @IsOptional() @IsString() @MinLength(8) @MaxLength(256) password?: string;
}

export class UpsertUser extends ProfileFields {
  @IsUserId() userId: UserId;
}

/** By the team's backend: creates users without passwords, or changes the profiles of those that exist. */
export class UpsertUsers {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.maxBatchItems)
  @ValidateNested({ each: true })
  @Type(() => UpsertUser)
  users: UpsertUser[];
}

export interface UpsertedUser {
  userId: UserId;
  created: boolean;
}

class OnDevice {
  @IsOpaqueId() deviceId: string;
  @IsIn(PLATFORM_NAMES) platform: Platform;
}

/** With the user's id or e-mail address in `login`. */
export class LogIn extends OnDevice {
  @IsString() @MaxLength(254) login: string;
  @IsString() @MaxLength(256) password: string;
}

export class MintTokens extends OnDevice {
  @IsUserId() userId: UserId;
}

export class RefreshTokens {
  @IsString() @MaxLength(512) refreshToken: string;
}

/** Without `deviceId`: all devices. */
export class LogOut {
  @IsUserId() userId: UserId;
  @IsOptional() @IsOpaqueId() deviceId?: string;
}

export class GetProfiles {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(LIMITS.maxBatchItems) @IsUserId({ each: true }) userIds: UserId[];
}

export class GetAccount {
  @IsUserId() userId: UserId;
}

export class UpdateProfile extends ProfileFields {
  @IsUserId() userId: UserId;
}

export class ListDevices {
  @IsUserId() userId: UserId;
}

export interface Device {
  deviceId: string;
  platform: Platform;
  /** Milliseconds since the epoch. */
  loggedInAt: number;
  refreshedAt: number;
}

export const USER_QUESTIONS = {
  register: change<Account>()('user.register', RegisterUser),
  upsertMany: change<UpsertedUser[]>()('user.upsert-many', UpsertUsers),
  logIn: change<Tokens>()('user.log-in', LogIn),
  mintTokens: change<Tokens>()('user.mint-tokens', MintTokens),
  refreshTokens: change<Tokens>()('user.refresh-tokens', RefreshTokens),
  logOut: change<{ sessions: number }>()('user.log-out', LogOut),
  /** Those that exist; unknown ids are left out. */
  getProfiles: question<Profile[]>()('user.get-profiles', GetProfiles),
  getAccount: question<Account>()('user.get-account', GetAccount),
  updateProfile: change<Account>()('user.update-profile', UpdateProfile),
  listDevices: question<Device[]>()('user.list-devices', ListDevices),
} as const;
