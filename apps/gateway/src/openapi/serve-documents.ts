import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { renderAsyncApi, VERSION } from '#contracts';
import { openApiOf } from './open-api.js';

/** The API's own description: /openapi.json, /asyncapi.json, and /docs for people. */
export function serveDocuments(app: INestApplication): void {
  const openApi = openApiOf(app);
  SwaggerModule.setup('docs', app, openApi, { raw: false, customSiteTitle: 'Hecto API' });
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  serveText(server, '/openapi.json', JSON.stringify(openApi));
  serveText(server, '/asyncapi.json', JSON.stringify(renderAsyncApi(VERSION)));
}

function serveText(server: FastifyInstance, path: string, text: string): void {
  server.get(path, (_request, reply) => reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text));
}
