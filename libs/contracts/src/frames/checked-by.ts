import { ValidateBy } from 'class-validator';
import { HasSchema } from './field-notes.js';

export interface Check {
  name: string;
  check: (value: unknown) => boolean;
  /** "must be …" */
  rule: string;
  schema: Readonly<Record<string, unknown>>;
}

/** A field that is checked as a whole, and the schema that says the same. */
export function checkedBy({ name, check, rule, schema }: Check): PropertyDecorator {
  const validate = ValidateBy({ name, validator: { validate: check, defaultMessage: () => `$property ${rule}` } });
  return (prototype, property) => {
    validate(prototype, property);
    HasSchema(schema)(prototype, property);
  };
}
