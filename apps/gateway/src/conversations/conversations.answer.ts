import { ApiProperty } from '@nestjs/swagger';
import { CONTENT_TYPE_NAMES, type ConversationItem, type ConversationState, type Preview } from '#contracts';
import { timeText } from '../input/time.js';

export class PreviewDto {
  @ApiProperty({ type: 'integer', example: 42 })
  seq: number;

  @ApiProperty({ example: 'bob' })
  senderId: string;

  @ApiProperty({ enum: CONTENT_TYPE_NAMES })
  type: string;

  @ApiProperty({ example: '{"text":"hello"}', description: "The content's JSON text, cut to 256 bytes." })
  excerpt: string;

  @ApiProperty({ format: 'date-time' })
  sentAt: string;
}

export class ConversationStateDto {
  @ApiProperty({ example: 'si_alice_bob' })
  conversationId: string;

  @ApiProperty({ type: 'integer', example: 1, description: 'The first seq that the user may read.' })
  minSeq: number;

  @ApiProperty({ type: 'integer', example: 42 })
  maxSeq: number;

  @ApiProperty({ type: 'integer', example: 40 })
  readSeq: number;

  @ApiProperty({ type: 'integer', example: 2 })
  unread: number;
}

export class ConversationStatesDto {
  @ApiProperty({ type: [ConversationStateDto], description: 'Those that the user may read now.' })
  items: ConversationStateDto[];
}

export class ConversationDto extends ConversationStateDto {
  @ApiProperty()
  pinned: boolean;

  @ApiProperty()
  muted: boolean;

  @ApiProperty({ description: 'Empty: none.' })
  draft: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  draftAt: string | null;

  @ApiProperty({ type: PreviewDto, nullable: true, description: 'The latest message that the user may read.' })
  latest: PreviewDto | null;

  @ApiProperty({ format: 'date-time', description: 'The later of the latest message and the draft: what the list is sorted by.' })
  sortedAt: string;

  @ApiProperty({ type: 'integer', example: 1, description: "Of the user's settings; rises with every change." })
  version: number;
}

export class ConversationPageDto {
  @ApiProperty({ type: [ConversationDto] })
  items: ConversationDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

type Numbers = Pick<ConversationState, 'conversationId' | 'minSeq' | 'maxSeq' | 'readSeq' | 'unread'>;

export function stateDto({ conversationId, minSeq, maxSeq, readSeq, unread }: Numbers): ConversationStateDto {
  return { conversationId, minSeq, maxSeq, readSeq, unread };
}

export function conversationDto(item: ConversationItem): ConversationDto {
  const { pinned, muted, draft, draftAt, latest, sortedAt, version } = item;
  return Object.assign(stateDto(item), {
    pinned,
    muted,
    draft,
    draftAt: draftAt === 0 ? null : timeText(draftAt),
    latest: latest && previewDto(latest),
    sortedAt: timeText(sortedAt),
    version,
  });
}

function previewDto({ seq, senderId, type, excerpt, sentAt }: Preview): PreviewDto {
  return { seq, senderId, type, excerpt, sentAt: timeText(sentAt) };
}
