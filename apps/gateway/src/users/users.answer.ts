import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Account, Profile, UpsertedUser } from '#contracts';
import { timeText } from '../input/time.js';

export class ProfileDto {
  @ApiProperty({ example: 'alice' })
  userId: string;

  @ApiProperty({ example: 'Alice' })
  nickname: string;

  @ApiProperty({ example: 'https://cdn.example/alice.png' })
  avatar: string;

  @ApiProperty({ example: '' })
  ex: string;

  @ApiProperty({ type: 'integer', example: 1, description: 'Rises with every change.' })
  version: number;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class AccountDto extends ProfileDto {
  @ApiPropertyOptional({ example: 'alice@example.org' })
  email?: string;
}

export class ProfilesDto {
  @ApiProperty({ type: [ProfileDto] })
  items: ProfileDto[];
}

export class UpsertedDto {
  @ApiProperty({ example: 'alice' })
  userId: string;

  @ApiProperty({ description: 'Whether there was no such user before.' })
  created: boolean;
}

export class UpsertedManyDto {
  @ApiProperty({ type: [UpsertedDto], description: 'In the order of the request.' })
  items: UpsertedDto[];
}

export function profileDto({ userId, nickname, avatar, ex, version, createdAt }: Profile): ProfileDto {
  return { userId, nickname, avatar, ex, version, createdAt: timeText(createdAt) };
}

export function accountDto(account: Account): AccountDto {
  return Object.assign(profileDto(account), account.email !== undefined && { email: account.email });
}

export function upsertedDto({ userId, created }: UpsertedUser): UpsertedDto {
  return { userId, created };
}
