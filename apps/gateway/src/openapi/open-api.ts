import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION } from '#contracts';
import { problemExamples } from './problem-responses.js';
import { ProblemDto } from './problem.dto.js';

const ABOUT = `The HTTP API of Hecto. An answered send is durable and has its seq.

Users send \`Authorization: Bearer <access token>\`; a team's own backend sends its API key (\`hk_…\`) and names the user that it acts for
in \`Hecto-User\`. Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. Unknown request fields are refused; clients
must ignore unknown fields of answers.`;

/** The OpenAPI document of an application's routes, in a stable order. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const info = new DocumentBuilder().setTitle('Hecto').setVersion(VERSION).setDescription(ABOUT).addBearerAuth().build();
  const document = SwaggerModule.createDocument(app, info, {
    extraModels: [ProblemDto],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const components = { ...document.components, examples: problemExamples() };
  return { ...document, components, paths: Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
