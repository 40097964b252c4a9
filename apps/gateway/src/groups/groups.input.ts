import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { HISTORY_RULES, IsGroupId, IsUserId, LIMITS, type GroupId, type HistoryRule, type UserId } from '#contracts';
import { Optional } from '../input/optional.decorator.js';

export class GroupInput {
  @ApiPropertyOptional({ maxLength: LIMITS.maxNicknameLength, example: 'Team 7' })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxNicknameLength)
  name?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.maxAvatarLength })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxAvatarLength)
  avatar?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.maxProfileExBytes, description: "The app's own data." })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxProfileExBytes)
  ex?: string;

  @ApiPropertyOptional({
    enum: HISTORY_RULES,
    default: 'join',
    description:
      'What new members may read: the messages from then on (`join`), or all. Beware: any user who knows the id of a group may join it, so `all` opens its whole history to them. For a private group choose `join`, and an id that nobody guesses.',
  })
  @Optional()
  @IsIn(HISTORY_RULES)
  history?: HistoryRule;
}

export class CreateGroupInput extends GroupInput {
  @ApiPropertyOptional({ type: String, example: 'team-7', description: '1–64 of A-Z a-z 0-9 . -. Made by the server when missing.' })
  @Optional()
  @IsGroupId()
  groupId?: GroupId;

  @ApiPropertyOptional({ type: [String], maxItems: LIMITS.maxBatchItems, example: ['bob'] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(LIMITS.maxBatchItems)
  @IsUserId({ each: true })
  memberIds?: UserId[];
}

export class InviteInput {
  @ApiProperty({ type: [String], minItems: 1, maxItems: LIMITS.maxBatchItems, example: ['bob'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.maxBatchItems)
  @IsUserId({ each: true })
  userIds: UserId[];
}

export class TransferInput {
  @ApiProperty({ type: String, example: 'bob', description: 'The new owner, a member.' })
  @IsUserId()
  userId: UserId;
}

export class RoleInput {
  @ApiProperty({ enum: ['admin', 'member'] })
  @IsIn(['admin', 'member'])
  role: 'admin' | 'member';
}
