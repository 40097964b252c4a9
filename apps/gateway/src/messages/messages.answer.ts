import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CONTENT_TYPE_NAMES, PLATFORM_NAMES, SESSION_TYPES, type SendAnswer } from '#contracts';
import { timeText } from '../input/time.js';
import { SendOptions } from '../send-message/send-message.input.js';

export class SentDto {
  @ApiProperty({ description: 'The same for every repetition of this send.' })
  messageId: string;

  @ApiProperty({ type: 'integer', example: 42, description: "The message's place in its conversation: 1, 2, 3 … without gaps." })
  seq: number;

  @ApiProperty({ format: 'date-time' })
  sentAt: string;

  @ApiProperty({ example: 'si_alice_bob' })
  conversationId: string;
}

export class MessageDto extends SentDto {
  @ApiProperty({ example: 'b9a1f0c2-0001' })
  clientMsgId: string;

  @ApiProperty({ enum: Object.keys(SESSION_TYPES) })
  sessionType: string;

  @ApiProperty({ example: 'alice' })
  senderId: string;

  @ApiPropertyOptional()
  senderDeviceId?: string;

  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  senderPlatform?: string;

  @ApiProperty({ description: 'As it was when the message was sent.' })
  senderNickname: string;

  @ApiProperty()
  senderAvatar: string;

  @ApiPropertyOptional({ example: 'bob', description: 'The other user of a direct conversation.' })
  receiverId?: string;

  @ApiPropertyOptional()
  groupId?: string;

  @ApiProperty({ enum: CONTENT_TYPE_NAMES })
  type: string;

  @ApiProperty({ description: 'The JSON that was sent.', example: { text: 'hello' } })
  content: unknown;

  @ApiPropertyOptional({ type: [String] })
  mentions?: string[];

  @ApiPropertyOptional({ type: SendOptions })
  options?: SendOptions;

  @ApiPropertyOptional()
  ex?: string;

  @ApiProperty({ format: 'date-time', description: 'As the client says.' })
  createdAt: string;

  @ApiProperty({ enum: ['sent'] })
  status: string;
}

export class MessagePageDto {
  @ApiProperty({ type: [MessageDto], description: 'Ascending by seq, without gaps.' })
  items: MessageDto[];

  @ApiProperty({ type: 'integer', example: 1, description: 'The first seq that the user may read.' })
  minSeq: number;

  @ApiProperty({ type: 'integer', example: 42, description: 'The last one.' })
  maxSeq: number;

  @ApiProperty({ description: 'Whether the page holds all that was asked for; if not, ask for the rest.' })
  complete: boolean;
}

export function sentDto({ messageId, seq, sentAt, conversationId }: SendAnswer): SentDto {
  return { messageId, seq, sentAt: timeText(sentAt), conversationId };
}
