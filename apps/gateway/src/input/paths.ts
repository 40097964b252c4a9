import { ApiProperty } from '@nestjs/swagger';
import { IsConversationId, IsGroupId, IsOpaqueId, IsUserId, type ConversationId, type GroupId, type UserId } from '#contracts';

export class UserPath {
  @ApiProperty({ type: String, example: 'alice' })
  @IsUserId()
  userId: UserId;
}

export class GroupPath {
  @ApiProperty({ type: String, example: 'team-7' })
  @IsGroupId()
  groupId: GroupId;
}

export class MemberPath extends GroupPath {
  @ApiProperty({ type: String, example: 'bob' })
  @IsUserId()
  userId: UserId;
}

export class ConversationPath {
  @ApiProperty({ type: String, example: 'si_alice_bob' })
  @IsConversationId()
  conversationId: ConversationId;
}

export class DevicePath {
  @ApiProperty({ type: String, example: 'alice-laptop' })
  @IsOpaqueId()
  deviceId: string;
}
