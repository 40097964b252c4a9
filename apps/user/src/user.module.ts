import { Module, type DynamicModule } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import { MongoOutbox } from '#outbox';
import type { ServiceParts } from '#runtime';
import { Database } from '#storage';
import { Announcer } from './announce/announcer.js';
import { GetAccountController } from './get-account/get-account.controller.js';
import { GetAccountService } from './get-account/get-account.service.js';
import { GetProfilesController } from './get-profiles/get-profiles.controller.js';
import { ListDevicesController } from './list-devices/list-devices.controller.js';
import { ListDevicesService } from './list-devices/list-devices.service.js';
import { LogInController } from './log-in/log-in.controller.js';
import { LogInService } from './log-in/log-in.service.js';
import { LogOutController } from './log-out/log-out.controller.js';
import { MintTokensController } from './mint-tokens/mint-tokens.controller.js';
import { MintTokensService } from './mint-tokens/mint-tokens.service.js';
import { Passwords } from './passwords/passwords.js';
import { RefreshTokensController } from './refresh-tokens/refresh-tokens.controller.js';
import { RefreshTokensService } from './refresh-tokens/refresh-tokens.service.js';
import { RegisterController } from './register/register.controller.js';
import { RegisterService } from './register/register.service.js';
import { AccessTokenSigner } from './sessions/access-token-signer.js';
import { SessionEnd } from './sessions/session-end.js';
import { SessionsService } from './sessions/sessions.service.js';
import { CredentialRepository } from './store/credential.repository.js';
import { DeviceRepository } from './store/device.repository.js';
import { USER_OUTBOX } from './store/user.collections.js';
import { UserRepository } from './store/user.repository.js';
import { UpdateProfileController } from './update-profile/update-profile.controller.js';
import { UpdateProfileService } from './update-profile/update-profile.service.js';
import { UpsertUsersController } from './upsert-users/upsert-users.controller.js';
import { UpsertUsersService } from './upsert-users/upsert-users.service.js';
import type { UserConfig } from './user.config.js';

export interface UserParts extends ServiceParts {
  database: Database;
  config: UserConfig;
}

const CONTROLLERS = [
  GetAccountController,
  GetProfilesController,
  ListDevicesController,
  LogInController,
  LogOutController,
  MintTokensController,
  RefreshTokensController,
  RegisterController,
  UpdateProfileController,
  UpsertUsersController,
];

const SERVICES = [
  GetAccountService,
  ListDevicesService,
  LogInService,
  MintTokensService,
  RefreshTokensService,
  RegisterService,
  SessionEnd,
  SessionsService,
  UpdateProfileService,
  UpsertUsersService,
];

const REPOSITORIES = [CredentialRepository, DeviceRepository, UserRepository];

@Module({})
export class UserModule {
  static with({ database, config, telemetry, clock }: UserParts): DynamicModule {
    return {
      module: UserModule,
      controllers: CONTROLLERS,
      providers: [
        ...SERVICES,
        ...REPOSITORIES,
        Passwords,
        { provide: Database, useValue: database },
        { provide: AccessTokenSigner, useValue: new AccessTokenSigner(config.jwtKeys) },
        {
          provide: MongoOutbox,
          inject: [BUS],
          useFactory: (bus: Bus) => new MongoOutbox({ database, collection: USER_OUTBOX, bus, telemetry, clock }),
        },
        { provide: Announcer, inject: [MongoOutbox], useFactory: (outbox: MongoOutbox) => new Announcer(outbox) },
      ],
    };
  }
}
