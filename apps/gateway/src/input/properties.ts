import { getMetadataStorage } from 'class-validator';

const known = new WeakMap<object, ReadonlySet<string>>();

/** The fields that an input class has: those with a validator. */
export function propertiesOf(type: abstract new () => object): ReadonlySet<string> {
  const cached = known.get(type);
  if (cached) return cached;
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const properties = new Set(metadata.map(({ propertyName }) => propertyName));
  known.set(type, properties);
  return properties;
}
