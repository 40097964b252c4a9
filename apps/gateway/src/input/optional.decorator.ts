import { ValidateIf } from 'class-validator';

/** May be left out. Unlike class-validator's IsOptional it doesn't let null through. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}
