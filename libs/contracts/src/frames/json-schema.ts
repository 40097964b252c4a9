import { getMetadataStorage } from 'class-validator';
import { notesOf, type FieldNotes } from './field-notes.js';

export type JsonSchema = Record<string, unknown>;
type AnyClass = abstract new () => object;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** Where the schemas of nested classes are found. */
export type RefOf = (target: AnyClass) => JsonSchema;

/** JSON Schema of a class, from its class-validator decorators and its field notes. */
export function jsonSchemaOf(target: AnyClass, refOf: RefOf): JsonSchema {
  const notes = notesOf(target);
  const rules = rulesByField(target);
  const names = [...new Set([...rules.keys(), ...notes.keys()])].sort();
  const isOptional = (name: string) => (rules.get(name) ?? []).some((rule) => rule.type === 'conditionalValidation');
  const required = names.filter((name) => !isOptional(name));
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(names.map((name) => [name, fieldSchema(rules.get(name) ?? [], notes.get(name) ?? {}, refOf)])),
  };
}

function rulesByField(target: AnyClass): Map<string, Rule[]> {
  const fields = new Map<string, Rule[]>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(target, '', false, false)) {
    fields.set(rule.propertyName, [...(fields.get(rule.propertyName) ?? []), rule]);
  }
  return fields;
}

function fieldSchema(rules: readonly Rule[], notes: FieldNotes, refOf: RefOf): JsonSchema {
  const isList = rules.some((rule) => rule.name === 'isArray');
  const item = notes.schema ?? (notes.nested ? refOf(notes.nested()) : merge(rules.filter((rule) => isList === isOfItems(rule))));
  const whole = isList ? { ...merge(rules.filter((rule) => !isOfItems(rule))), items: item } : item;
  const typed = notes.nullable ? { ...whole, type: [whole['type'], 'null'] } : whole;
  return notes.about === undefined ? typed : { description: notes.about, ...typed };
}

/** Its type says that `each` is there; a rule with other options and without this one has none. */
function isOfItems({ each }: Omit<Rule, 'each'> & { each?: boolean }): boolean {
  return each ?? false;
}

function merge(rules: readonly Rule[]): JsonSchema {
  return Object.assign({}, ...rules.map(ruleSchema)) as JsonSchema;
}

/** The rules that the frames use; one that is missing here fails the rendering, so that no schema says less than is checked. */
function ruleSchema({ type, name = '', constraints }: Rule): JsonSchema {
  if (type === 'conditionalValidation') return {};
  const [first] = (constraints as unknown[] | undefined) ?? [];
  const known = RULES[name];
  if (!known) throw new Error(`no JSON Schema is known for the rule ${name}`);
  return known(first);
}

const RULES: Readonly<Record<string, (constraint: unknown) => JsonSchema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isArray: () => ({ type: 'array' }),
  isDefined: () => ({}),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isIn: (names) => ({ type: 'string', enum: names }),
  min: (minimum) => ({ minimum }),
  max: (maximum) => ({ maximum }),
  maxLength: (maxLength) => ({ type: 'string', maxLength }),
  arrayMaxSize: (maxItems) => ({ maxItems }),
  matches: (pattern) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  isConversationId: () => ({ type: 'string', description: 'A conversation id: si_…, sg_…, n_…, sn_….' }),
  isCursors: () => ({}),
  isClientInfo: () => ({}),
  isResume: () => ({}),
};
