import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, ListDevices, type Device } from '#contracts';
import { ListDevicesService } from './list-devices.service.js';

@Controller()
export class ListDevicesController {
  constructor(private readonly service: ListDevicesService) {}

  @Answers(USER_QUESTIONS.listDevices)
  listDevices(@Payload() ask: ListDevices): Promise<Device[]> {
    return this.service.list(ask.userId);
  }
}
