import { ValidateBy } from 'class-validator';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** A time of RFC 3339, since 1970. */
export function IsTime(): PropertyDecorator {
  return ValidateBy({
    name: 'isTime',
    validator: { validate: isTime, defaultMessage: () => '$property must be a time like 2026-01-31T09:30:00.000Z' },
  });
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && RFC_3339.test(value) && Date.parse(value) >= 0;
}
