import { HttpException, NotFoundException } from '@nestjs/common';
import { problem } from '#contracts';
import { fromFastify } from './from-fastify.js';
import { Problems, toAppError } from './problem-details.js';

const problems = new Problems('https://x.test/docs');

describe('Problems', () => {
  it('says on HTTP what RFC 9457 wants and what the API adds', () => {
    const errors = [{ pointer: '/a', code: 'required' }];
    expect(problems.toBody(problem('invalid_request', 'a is required', { errors }), 'r1')).toEqual({
      type: 'https://x.test/docs/errors/invalid_request',
      title: 'Invalid request',
      status: 400,
      detail: 'a is required',
      code: 'invalid_request',
      retryable: false,
      requestId: 'r1',
      errors,
    });
  });

  it('says the same on the WebSocket', () => {
    expect(problems.toFrame(problem('too_many_requests', 'slowly', { retryAfterMs: 250 }), 'r1')).toEqual({
      code: 'too_many_requests',
      message: 'slowly',
      retryable: true,
      type: 'https://x.test/docs/errors/too_many_requests',
      requestId: 'r1',
      retryAfterMs: 250,
    });
  });

  it('keeps the inside of a fault to itself', () => {
    const fault = toAppError(new Error('password of the database'));
    expect(JSON.stringify(problems.toBody(fault, 'r1'))).not.toContain('password');
    expect(fault.cause).toEqual(new Error('password of the database'));
  });
});

describe('fromFastify', () => {
  const refusal = (code: string, statusCode: number) => {
    const cause = Object.assign(new Error('x'), { code, statusCode });
    return [cause, new HttpException('x', statusCode, { cause })];
  };

  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'payload_too_large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'unsupported_media_type'],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400, 'invalid_request'],
    ['FST_ERR_BAD_URL', 400, 'invalid_request'],
    ['FST_ERR_MAX_PARAM_LENGTH', 414, 'invalid_request'],
  ])('turns %s into an error of the table, wrapped by Nest or not', (code, status, expected) => {
    expect(refusal(code, status).map((error) => fromFastify(error)?.code)).toEqual([expected, expected]);
  });

  it('has no status of its own for any other refusal', () => {
    expect(fromFastify(new NotFoundException('x'))?.code).toBe('invalid_request');
    expect(fromFastify(new Error('x'))).toBeUndefined();
  });
});
