import { getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from '#contracts';
import { ProblemDto } from './problem.dto.js';

/** One response per status, with an example of each code that it stands for. */
export function problemResponses(codes: readonly ErrorCode[]): ApiResponseOptions[] {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].sort((a, b) => a - b);
  return statuses.map((status) =>
    responseFor(
      status,
      codes.filter((code) => ERRORS[code].status === status),
    ),
  );
}

/** The component `examples` that the responses refer to: one per code of the error table. */
export function problemExamples(): Record<string, { summary: string; value: object }> {
  return Object.fromEntries(
    (Object.keys(ERRORS) as ErrorCode[]).map((code) => [code, { summary: ERRORS[code].title, value: exampleOf(code) }]),
  );
}

function responseFor(status: number, codes: readonly ErrorCode[]): ApiResponseOptions {
  return {
    status,
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

function exampleOf(code: ErrorCode): object {
  const { status, title, about, retryable } = ERRORS[code];
  const type = `https://hecto.example/docs/errors/${code}`;
  return { type, title, status, detail: about, code, retryable, requestId: '01KA2M7Q9V8T1Z6X4R3P5N0W7C' };
}
