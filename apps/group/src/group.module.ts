import { Module, type DynamicModule } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import { MongoOutbox } from '#outbox';
import type { ServiceParts } from '#runtime';
import type { Database } from '#storage';
import { CreateGroupController } from './create-group/create-group.controller.js';
import { CreateGroupService } from './create-group/create-group.service.js';
import { DismissGroupController } from './dismiss-group/dismiss-group.controller.js';
import { DismissGroupService } from './dismiss-group/dismiss-group.service.js';
import { GetGroupController } from './get-group/get-group.controller.js';
import { GetGroupService } from './get-group/get-group.service.js';
import { InviteToGroupController } from './invite-to-group/invite-to-group.controller.js';
import { InviteToGroupService } from './invite-to-group/invite-to-group.service.js';
import { JoinGroupController } from './join-group/join-group.controller.js';
import { JoinGroupService } from './join-group/join-group.service.js';
import { KickFromGroupController } from './kick-from-group/kick-from-group.controller.js';
import { KickFromGroupService } from './kick-from-group/kick-from-group.service.js';
import { LeaveGroupController } from './leave-group/leave-group.controller.js';
import { LeaveGroupService } from './leave-group/leave-group.service.js';
import { ListGroupMembersController } from './list-group-members/list-group-members.controller.js';
import { ListGroupMembersService } from './list-group-members/list-group-members.service.js';
import { ListJoinedGroupsController } from './list-joined-groups/list-joined-groups.controller.js';
import { ListJoinedGroupsService } from './list-joined-groups/list-joined-groups.service.js';
import { SetGroupRoleController } from './set-group-role/set-group-role.controller.js';
import { SetGroupRoleService } from './set-group-role/set-group-role.service.js';
import { TransferGroupController } from './transfer-group/transfer-group.controller.js';
import { TransferGroupService } from './transfer-group/transfer-group.service.js';
import { UpdateGroupController } from './update-group/update-group.controller.js';
import { UpdateGroupService } from './update-group/update-group.service.js';
import { GROUP_OUTBOX } from './store/group.collections.js';
import { GroupRepository } from './store/group.repository.js';
import { Users } from './users/users.js';

export interface GroupParts extends ServiceParts {
  database: Database;
}

const USE_CASES = [
  { controller: CreateGroupController, service: CreateGroupService },
  { controller: DismissGroupController, service: DismissGroupService },
  { controller: GetGroupController, service: GetGroupService },
  { controller: InviteToGroupController, service: InviteToGroupService },
  { controller: JoinGroupController, service: JoinGroupService },
  { controller: KickFromGroupController, service: KickFromGroupService },
  { controller: LeaveGroupController, service: LeaveGroupService },
  { controller: ListGroupMembersController, service: ListGroupMembersService },
  { controller: ListJoinedGroupsController, service: ListJoinedGroupsService },
  { controller: SetGroupRoleController, service: SetGroupRoleService },
  { controller: TransferGroupController, service: TransferGroupService },
  { controller: UpdateGroupController, service: UpdateGroupService },
] as const;

@Module({})
export class GroupModule {
  static with({ database, telemetry, clock }: GroupParts): DynamicModule {
    return {
      module: GroupModule,
      controllers: USE_CASES.map(({ controller }) => controller),
      providers: [
        ...USE_CASES.map(({ service }) => service),
        Users,
        {
          provide: MongoOutbox,
          inject: [BUS],
          useFactory: (bus: Bus) => new MongoOutbox({ database, collection: GROUP_OUTBOX, bus, telemetry, clock }),
        },
        {
          provide: GroupRepository,
          inject: [MongoOutbox],
          useFactory: (outbox: MongoOutbox) => new GroupRepository(database, outbox),
        },
      ],
    };
  }
}
