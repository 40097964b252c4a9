import { Controller, Get, Inject, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { checkReadiness, isReady, type Probe, type Readiness } from '#observability';
import { STOPPING } from '#runtime';
import { Endpoint } from '../openapi/endpoint.decorator.js';

/** What this gateway needs, each with how to ask whether it is there. */
export const PROBES = Symbol('Probes');

export class LiveDto {
  @ApiProperty({ enum: ['live'] })
  status: 'live';
}

export class ReadyDto {
  @ApiProperty({ enum: ['ready', 'not_ready'] })
  status: 'ready' | 'not_ready';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', properties: { ok: { type: 'boolean' }, detail: { type: 'string' } }, required: ['ok'] },
    example: { log: { ok: true } },
  })
  dependencies: Readiness;
}

@ApiTags('server')
@Controller('health')
export class HealthController implements OnModuleDestroy {
  private stopping = false;

  constructor(@Inject(PROBES) private readonly probes: Readonly<Record<string, Probe>>) {}

  /** The first of Nest's hooks at the end, before the sockets are sent away; the HTTP server closes after the last. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  @Get('live')
  @Endpoint({ summary: 'Whether the process runs', access: 'open', status: 200, answer: LiveDto, errors: [] })
  live(): LiveDto {
    return { status: 'live' };
  }

  @Get('ready')
  @Endpoint({
    summary: 'Whether it can serve: 503 when a dependency is away, and from the moment it shuts down',
    access: 'open',
    status: 200,
    answer: ReadyDto,
    errors: [],
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyDto> {
    const dependencies = { ...(await checkReadiness(this.probes)), ...(this.stopping && STOPPING) };
    if (isReady(dependencies)) return { status: 'ready', dependencies };
    void reply.status(503).header('retry-after', '1');
    return { status: 'not_ready', dependencies };
  }
}
