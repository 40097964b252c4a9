import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsOpaqueId, PLATFORM_NAMES, type Platform } from '#contracts';

/** The device that tokens are for: it has one session at a time. */
export class DeviceInput {
  @ApiProperty({ example: 'alice-laptop', description: 'Made by the client, the same for every log-in of the device.' })
  @IsOpaqueId()
  deviceId: string;

  @ApiProperty({ enum: PLATFORM_NAMES, example: 'web' })
  @IsIn(PLATFORM_NAMES)
  platform: Platform;
}

export class LogInInput extends DeviceInput {
  @ApiProperty({ example: 'alice', description: 'User id or e-mail address.', maxLength: 254 })
  @IsString()
  @MaxLength(254)
  login: string;

  @ApiProperty({ example: 'correct horse', maxLength: 256 })
  @IsString()
  @MaxLength(256)
  password: string;
}

export class RefreshInput {
  @ApiProperty({ maxLength: 512 })
  @IsString()
  @MaxLength(512)
  refreshToken: string;
}
