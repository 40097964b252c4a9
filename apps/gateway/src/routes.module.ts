import { Module } from '@nestjs/common';
import { ConversationsController } from './conversations/conversations.controller.js';
import { GroupsController } from './groups/groups.controller.js';
import { MembersController } from './groups/members.controller.js';
import { HealthController } from './health/health.controller.js';
import { MessagesController } from './messages/messages.controller.js';
import { ServerInfoController } from './server-info/server-info.controller.js';
import { DevicesController } from './sessions/devices.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { MeController } from './users/me.controller.js';
import { UsersController } from './users/users.controller.js';

/** Every route of the HTTP edge, and so every path of the OpenAPI document. */
@Module({
  controllers: [
    UsersController,
    MeController,
    SessionsController,
    DevicesController,
    GroupsController,
    MembersController,
    ConversationsController,
    MessagesController,
    ServerInfoController,
    HealthController,
  ],
})
export class RoutesModule {}
