import { Controller, Delete, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BUS, type Bus } from '#bus';
import { USER_QUESTIONS, type UserId } from '#contracts';
import { ActingUser } from '../access/request-caller.js';
import { DevicePath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { DevicesDto, deviceDto } from './sessions.answer.js';

@ApiTags('me')
@Controller('v1/me/devices')
export class DevicesController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get()
  @Endpoint({ summary: 'List the devices that I am logged in on', access: 'user', status: 200, answer: DevicesDto, errors: [] })
  async list(@ActingUser() userId: UserId): Promise<DevicesDto> {
    const devices = await this.bus.ask(USER_QUESTIONS.listDevices, userId, { userId });
    return { items: devices.map(deviceDto) };
  }

  @Delete(':deviceId')
  @Endpoint({ summary: 'Log out one device', access: 'user', status: 204, errors: ['device_not_found'] })
  async logOut(@ActingUser() userId: UserId, @Param() { deviceId }: DevicePath): Promise<void> {
    await this.bus.ask(USER_QUESTIONS.logOut, userId, { userId, deviceId });
  }

  @Delete()
  @Endpoint({ summary: 'Log out all devices', access: 'user', status: 204, errors: [] })
  async logOutAll(@ActingUser() userId: UserId): Promise<void> {
    await this.bus.ask(USER_QUESTIONS.logOut, userId, { userId });
  }
}
