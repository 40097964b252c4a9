import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsEmail, IsString, MaxLength, MinLength } from 'class-validator';
import { IsUserId, LIMITS, type UserId } from '#contracts';
import { From, NestedList } from '../input/from.decorator.js';
import { Optional } from '../input/optional.decorator.js';

/** What a user shows of himself. */
export class ProfileInput {
  @ApiPropertyOptional({ maxLength: LIMITS.maxNicknameLength, example: 'Alice' })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxNicknameLength)
  nickname?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.maxAvatarLength, example: 'https://cdn.example/alice.png' })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxAvatarLength)
  avatar?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.maxProfileExBytes, description: "The app's own data." })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxProfileExBytes)
  ex?: string;
}

export class RegisterInput extends ProfileInput {
  @ApiPropertyOptional({ type: String, example: 'alice', description: '1–64 of A-Z a-z 0-9 . _ ~ -. Made by the server when missing.' })
  @Optional()
  @IsUserId()
  userId?: UserId;

  @ApiPropertyOptional({ format: 'email', maxLength: 254, example: 'alice@example.org' })
  @Optional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @ApiPropertyOptional({ minLength: 8, maxLength: 256, example: 'correct horse', description: 'Needed to log in by password.' })
  @Optional()
  @IsString()
  @MinLength(8)
  @MaxLength(256)
  password?: string;
}

export class UpsertInput extends ProfileInput {
  @ApiProperty({ type: String, example: 'alice' })
  @IsUserId()
  userId: UserId;
}

export class UpsertManyInput {
  @ApiProperty({ type: [UpsertInput], minItems: 1, maxItems: LIMITS.maxBatchItems })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.maxBatchItems)
  @NestedList(() => UpsertInput)
  users: UpsertInput[];
}

export class UsersQuery {
  @ApiProperty({ type: String, example: 'alice,bob', description: 'Up to 100 user ids with commas between them.' })
  @From(splitIds)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.maxBatchItems)
  @IsUserId({ each: true })
  ids: UserId[];
}

function splitIds(raw: unknown): unknown {
  return [raw].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : [part]));
}
