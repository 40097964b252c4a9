import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import {
  CONTENT_TYPE_NAMES,
  IsClientMsgId,
  IsConversationId,
  IsGroupId,
  IsUserId,
  LIMITS,
  type ClientMsgId,
  type ContentType,
  type ConversationId,
  type GroupId,
  type UserId,
} from '#contracts';
import { AnyJson, Nested } from '../input/from.decorator.js';
import { IsTime } from '../input/is-time.js';
import { Optional } from '../input/optional.decorator.js';

/** Who a message goes to, when the sender doesn't name the conversation: one of the two. */
export class Recipient {
  @ApiPropertyOptional({ type: String, example: 'bob', description: 'The other user of a direct conversation.' })
  @Optional()
  @IsUserId()
  userId?: UserId;

  @ApiPropertyOptional({ type: String, example: 'team-7' })
  @Optional()
  @IsGroupId()
  groupId?: GroupId;
}

/** What the sender may switch off for one message. */
export class SendOptions {
  @ApiPropertyOptional({ default: true, description: 'Counts as unread.' })
  @Optional()
  @IsBoolean()
  unreadCount?: boolean;

  @ApiPropertyOptional({ default: true, description: 'Moves the conversation up in lists.' })
  @Optional()
  @IsBoolean()
  conversationUpdate?: boolean;

  @ApiPropertyOptional({ default: true, description: "Is delivered to the sender's other devices." })
  @Optional()
  @IsBoolean()
  senderSync?: boolean;
}

/** The message itself, without its target. */
export class MessageInput {
  @ApiProperty({
    type: String,
    example: 'b9a1f0c2-0001',
    description: "1–64 of A-Z a-z 0-9 . _ ~ : -. The sender's own id: repeating it gets the first answer again.",
  })
  @IsClientMsgId()
  clientMsgId: ClientMsgId;

  @ApiProperty({ enum: CONTENT_TYPE_NAMES, example: 'text' })
  @IsIn(CONTENT_TYPE_NAMES)
  type: ContentType;

  @ApiProperty({ description: 'Any JSON, up to 64 KiB as text and 32 levels deep.', example: { text: 'hello' } })
  @AnyJson()
  content: unknown;

  @ApiPropertyOptional({ type: [String], maxItems: LIMITS.maxMentions, example: ['bob'] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(LIMITS.maxMentions)
  @IsUserId({ each: true })
  mentions?: UserId[];

  @ApiPropertyOptional({ type: SendOptions })
  @Optional()
  @Nested(() => SendOptions)
  options?: SendOptions;

  @ApiPropertyOptional({ maxLength: LIMITS.maxExBytes, description: "The app's own note, up to 1,024 bytes." })
  @Optional()
  @IsString()
  @MaxLength(LIMITS.maxExBytes)
  ex?: string;

  @ApiPropertyOptional({ format: 'date-time', description: "When the client made it, by the client's clock." })
  @Optional()
  @IsTime()
  createdAt?: string;

  @ApiPropertyOptional({ type: String, description: 'Only with an API key: the user who sends.' })
  @Optional()
  @IsUserId()
  senderId?: UserId;
}

/** A message with its target: a conversation, or whom it goes to. */
export class SendRequest extends MessageInput {
  @ApiPropertyOptional({ type: String, example: 'si_alice_bob' })
  @Optional()
  @IsConversationId()
  conversationId?: ConversationId;

  @ApiPropertyOptional({ type: Recipient })
  @Optional()
  @Nested(() => Recipient)
  to?: Recipient;
}
