import 'reflect-metadata';
import { ValidateBy, ValidateNested } from 'class-validator';

type AnyClass = abstract new () => object;

/** How a property's raw value becomes what its class declares. */
export type Conversion = { kind: 'nested' | 'list'; type: () => AnyClass } | { kind: 'value'; convert: (raw: unknown) => unknown };

const CONVERSIONS = Symbol('conversions');

export function conversionsOf(target: AnyClass): Readonly<Record<string, Conversion>> {
  return (Reflect.getMetadata(CONVERSIONS, target) ?? {}) as Record<string, Conversion>;
}

/** The property's value is `convert(raw)`; what it can't convert it returns as it is, for the validators to refuse. */
export function From(convert: (raw: unknown) => unknown): PropertyDecorator {
  return addConversion({ kind: 'value', convert });
}

/** The property is an object of this class, read and validated by the class's own rules. */
export function Nested(type: () => AnyClass): PropertyDecorator {
  return nested('nested', type);
}

/** The property is a list of objects of this class; `@IsArray()` says so, with the bounds of its length. */
export function NestedList(type: () => AnyClass): PropertyDecorator {
  return nested('list', type);
}

/** Must be there; any JSON, null included. It is taken over as it was parsed. */
export function AnyJson(): PropertyDecorator {
  return ValidateBy({
    name: 'isDefined',
    validator: { validate: (value: unknown) => value !== undefined, defaultMessage: () => '$property is required' },
  });
}

/** The digits of a query parameter. */
export function FromDigits(): PropertyDecorator {
  return From((raw) => (typeof raw === 'string' && /^-?\d{1,16}$/.test(raw) ? Number(raw) : raw));
}

function nested(kind: 'nested' | 'list', type: () => AnyClass): PropertyDecorator {
  return (target, property) => {
    addConversion({ kind, type })(target, property);
    ValidateNested()(target, property);
  };
}

function addConversion(conversion: Conversion): PropertyDecorator {
  return (target, property) => {
    const known = conversionsOf(target.constructor as AnyClass);
    Reflect.defineMetadata(CONVERSIONS, { ...known, [property]: conversion }, target.constructor);
  };
}
