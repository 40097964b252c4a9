import { Controller, Get } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { LIMITS, SUBPROTOCOL_JSON, VERSION } from '#contracts';
import { Endpoint } from '../openapi/endpoint.decorator.js';

export class ServerInfoDto {
  @ApiProperty({ example: VERSION })
  version: string;

  @ApiProperty({ type: [String], example: ['v1'] })
  apiVersions: string[];

  @ApiProperty({ type: [String], example: [SUBPROTOCOL_JSON], description: 'Subprotocols of the WebSocket /v1/ws.' })
  wsProtocols: string[];

  @ApiProperty({ type: [String] })
  features: string[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: LIMITS })
  limits: Record<string, number>;
}

@ApiTags('server')
@Controller('v1/server')
export class ServerInfoController {
  @Get()
  @Endpoint({ summary: 'What this server is and allows', access: 'open', status: 200, answer: ServerInfoDto, errors: [] })
  read(): ServerInfoDto {
    return {
      version: VERSION,
      apiVersions: ['v1'],
      wsProtocols: [SUBPROTOCOL_JSON],
      features: ['direct', 'groups', 'conversations', 'sync'],
      limits: { ...LIMITS },
    };
  }
}
