import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { problem } from '#contracts';
import { fieldErrorsOf } from './field-errors.js';

type PayloadClass<T extends object> = abstract new () => T;

/**
 * The value as an instance of its class, with only the fields that the class declares.
 * Throws `problem('invalid_request')` that names every wrong field; `what` is named in its detail.
 */
export function validatePayload<T extends object>(type: PayloadClass<T>, value: unknown, what: string): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw problem('invalid_request', `${what} must be an object`, { errors: [{ pointer: '', code: 'wrong_type' }] });
  }
  const instance = plainToInstance(type as new () => T, value);
  const wrong = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (wrong.length === 0) return instance;
  const errors = fieldErrorsOf(wrong);
  throw problem('invalid_request', `${what}: ${errors.map(({ detail, pointer }) => detail ?? pointer).join('; ')}`, { errors });
}
