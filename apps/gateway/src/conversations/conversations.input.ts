import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsString, MaxLength } from 'class-validator';
import { IsConversationId, IsSeq, LIMITS, type ConversationId, type Seq } from '#contracts';
import { Optional } from '../input/optional.decorator.js';

const MAX_DRAFT_LENGTH = 4096;

export class SettingsInput {
  @ApiPropertyOptional({ description: 'Listed before all that are not.' })
  @Optional()
  @IsBoolean()
  pinned?: boolean;

  @ApiPropertyOptional({ description: 'For the clients: no sound, no push.' })
  @Optional()
  @IsBoolean()
  muted?: boolean;

  @ApiPropertyOptional({ maxLength: MAX_DRAFT_LENGTH, description: 'An empty one removes it.' })
  @Optional()
  @IsString()
  @MaxLength(MAX_DRAFT_LENGTH)
  draft?: string;
}

export class ReadCursorInput {
  @ApiProperty({ type: 'integer', minimum: 0, example: 42, description: 'Read up to here. A cursor never moves back.' })
  @IsSeq()
  seq: Seq;
}

export class StatesInput {
  @ApiProperty({ type: [String], minItems: 1, maxItems: LIMITS.maxPageItems, example: ['si_alice_bob'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.maxPageItems)
  @IsConversationId({ each: true })
  conversationIds: ConversationId[];
}
