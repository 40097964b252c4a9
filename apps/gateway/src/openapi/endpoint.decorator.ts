import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiSecurity, type ApiResponseOptions } from '@nestjs/swagger';
import type { ErrorCode } from '#contracts';
import { AccessFor, type Access } from '../access/access.js';
import { problemResponses } from './problem-responses.js';

export interface EndpointOptions {
  summary: string;
  access: Access;
  /** The status of success. */
  status: 200 | 201 | 204;
  answer?: Type;
  answerDescription?: string;
  /** Other statuses of success, and what each says. */
  also?: Partial<Record<200 | 201 | 304, string>>;
  /** Beside those that the access and the input bring along. */
  errors: readonly ErrorCode[];
  hasBody?: true;
}

const BY_TOKEN: readonly ErrorCode[] = ['unauthenticated', 'invalid_token', 'token_expired', 'token_revoked'];
const BY_BODY: readonly ErrorCode[] = ['malformed_json', 'payload_too_large', 'unsupported_media_type'];
/** Of what asks another service. */
const BY_ASKING: readonly ErrorCode[] = ['invalid_request', 'too_many_requests', 'unavailable', 'timeout'];

/** One route: who may call it, what it answers, and every error that it may answer with, for Nest and for the OpenAPI document. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const decorators = [
    AccessFor(options.access),
    HttpCode(options.status),
    ApiOperation({ summary: options.summary }),
    ApiResponse(success(options)),
    ...otherSuccesses(options).map((response) => ApiResponse(response)),
  ];
  if (options.access !== 'open') decorators.push(ApiBearerAuth());
  if (options.access === 'optional') decorators.push(ApiSecurity({}));
  if (options.access === 'user' || options.access === 'anyone') decorators.push(ApiHeader(ACT_AS));
  return applyDecorators(...decorators, ...problemResponses(codesOf(options)).map((response) => ApiResponse(response)));
}

const ACT_AS = { name: 'Hecto-User', required: false, description: 'With an API key: the user that the call is for.', example: 'alice' };

function success({ status, answer, answerDescription }: EndpointOptions): ApiResponseOptions {
  return { status, description: answerDescription ?? (status === 204 ? 'Done' : 'Success'), ...(answer && { type: answer }) };
}

function otherSuccesses({ also = {}, answer }: EndpointOptions): ApiResponseOptions[] {
  return Object.entries(also).map(([status, description]) => {
    const hasBody = answer && status !== '304';
    return { status: Number(status), description, ...(hasBody && { type: answer }) };
  });
}

function codesOf({ access, hasBody, errors }: EndpointOptions): ErrorCode[] {
  const byAccess = access === 'open' ? [] : [...BY_ASKING, ...BY_TOKEN];
  return [...new Set([...byAccess, ...OF_ACCESS[access], ...(hasBody ? BY_BODY : []), ...errors])];
}

const OF_ACCESS: Readonly<Record<Access, readonly ErrorCode[]>> = {
  user: ['user_not_found', 'forbidden'],
  anyone: ['user_not_found', 'forbidden'],
  backend: ['forbidden'],
  optional: [],
  open: [],
};
