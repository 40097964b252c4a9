import { renderAsyncApi, VERSION, type RequestType } from '#contracts';

/** Of JSON Schema, what asyncapi.json uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
}

interface AsyncApi {
  components: { messages: Record<string, { payload: { properties: { data: Schema } } }>; schemas: Record<string, Schema> };
}

const { components } = renderAsyncApi(VERSION) as AsyncApi;

/** What the published description says of a request's `data`. */
export function dataSchemaOf(type: RequestType): Schema {
  const message = components.messages[type];
  if (!message) throw new Error(`asyncapi.json describes no message ${type}`);
  return resolved(message.payload.properties.data);
}

export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return components.schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] ?? {};
}
