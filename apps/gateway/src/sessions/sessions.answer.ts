import { ApiProperty } from '@nestjs/swagger';
import { PLATFORM_NAMES, type Device, type Tokens } from '#contracts';
import { timeText } from '../input/time.js';

export class TokensDto {
  @ApiProperty({ example: 'alice' })
  userId: string;

  @ApiProperty({ example: 'alice-laptop' })
  deviceId: string;

  @ApiProperty({ description: 'For `Authorization: Bearer`.' })
  accessToken: string;

  @ApiProperty({ format: 'date-time' })
  accessExpiresAt: string;

  @ApiProperty({ description: 'Good for one use: refreshing answers a new one.' })
  refreshToken: string;

  @ApiProperty({ format: 'date-time' })
  refreshExpiresAt: string;
}

export class DeviceDto {
  @ApiProperty({ example: 'alice-laptop' })
  deviceId: string;

  @ApiProperty({ enum: PLATFORM_NAMES })
  platform: string;

  @ApiProperty({ format: 'date-time' })
  loggedInAt: string;

  @ApiProperty({ format: 'date-time' })
  refreshedAt: string;
}

export class DevicesDto {
  @ApiProperty({ type: [DeviceDto] })
  items: DeviceDto[];
}

export function tokensDto({ accessExpiresAt, refreshExpiresAt, userId, deviceId, accessToken, refreshToken }: Tokens): TokensDto {
  return {
    userId,
    deviceId,
    accessToken,
    accessExpiresAt: timeText(accessExpiresAt),
    refreshToken,
    refreshExpiresAt: timeText(refreshExpiresAt),
  };
}

export function deviceDto({ deviceId, platform, loggedInAt, refreshedAt }: Device): DeviceDto {
  return { deviceId, platform, loggedInAt: timeText(loggedInAt), refreshedAt: timeText(refreshedAt) };
}
