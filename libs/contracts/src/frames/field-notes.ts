import { ValidateIf } from 'class-validator';

type AnyClass = abstract new () => object;

/** What class-validator does not keep of a field, and a published schema wants. */
export interface FieldNotes {
  about?: string;
  /** The class of the object, or of each item of the list. */
  nested?: () => AnyClass;
  /** JSON Schema of what a decorator checks that no schema can be derived from. */
  schema?: Readonly<Record<string, unknown>>;
  nullable?: true;
}

const notes = new Map<object, Map<string, FieldNotes>>();

/** Of the fields of this class and of those that it extends. */
export function notesOf(target: AnyClass): ReadonlyMap<string, FieldNotes> {
  const parent = Object.getPrototypeOf(target) as AnyClass | null;
  const inherited = parent?.prototype ? notesOf(parent) : new Map<string, FieldNotes>();
  return new Map([...inherited, ...(notes.get(target.prototype as object) ?? [])]);
}

function note(more: FieldNotes): PropertyDecorator {
  return (prototype, property) => {
    const ofClass = notes.get(prototype) ?? new Map<string, FieldNotes>();
    notes.set(prototype, ofClass);
    ofClass.set(String(property), { ...ofClass.get(String(property)), ...more });
  };
}

/** What the field is, for whoever writes a client. */
export function About(about: string): PropertyDecorator {
  return note({ about });
}

export function HasSchema(schema: Readonly<Record<string, unknown>>): PropertyDecorator {
  return note({ schema });
}

/** The field may be null; it is never missing. */
export function Nullable(): PropertyDecorator {
  return note({ nullable: true });
}

/** An object of this class; with `@IsArray()`, a list of them. Nothing is checked: for what the server sends. */
export function Shows(target: () => AnyClass): PropertyDecorator {
  return note({ nested: target });
}

/** May be left out. Unlike class-validator's IsOptional it doesn't let null through. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}
