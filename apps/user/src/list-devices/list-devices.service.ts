import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { Device, UserId } from '#contracts';
import { CLOCK } from '#runtime';
import { toDevice } from '../sessions/device-session.js';
import { DeviceRepository } from '../store/device.repository.js';

@Injectable()
export class ListDevicesService {
  constructor(
    private readonly devices: DeviceRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(userId: UserId): Promise<Device[]> {
    return (await this.devices.listLive(userId, this.clock.now())).map(toDevice);
  }
}
