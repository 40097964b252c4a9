import { ERRORS } from '../errors.js';
import { SUBPROTOCOL_JSON } from './envelope.js';
import { PUSH_FRAMES, REQUEST_FRAMES } from './frame-registry.js';
import { jsonSchemaOf, type JsonSchema } from './json-schema.js';

type AnyClass = abstract new () => object;

const FRAME_ID: JsonSchema = {
  description: 'The client’s own; the answer carries it.',
  oneOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', minLength: 1, maxLength: 64 },
  ],
};

interface Frame {
  name: string;
  about: string;
  payload: JsonSchema;
}

/** The WebSocket as an AsyncAPI 3.0 document, from the frame registry: what docs/asyncapi.json and `GET /asyncapi.json` show. */
export function renderAsyncApi(version: string): object {
  const schemas = new Map<string, JsonSchema>();
  const requests = requestFrames(schemas);
  const answers = [...answerFrames(schemas), errorFrame()];
  const pushes = pushFrames(schemas);
  const sent = [...answers, ...pushes];
  return {
    asyncapi: '3.0.0',
    info: { title: 'Hecto WebSocket', version, description: 'One JSON envelope for everything; docs/protocol.md tells how to use it.' },
    defaultContentType: 'application/json',
    channels: { v1: channel([...requests, ...sent]) },
    operations: {
      ...Object.fromEntries(requests.map(({ name }) => [name, requestOperation(name)])),
      push: { action: 'send', channel: ref('channels/v1'), messages: pushes.map(({ name }) => ref(`channels/v1/messages/${key(name)}`)) },
    },
    components: {
      messages: Object.fromEntries([...requests, ...sent].map((frame) => [key(frame.name), messageOf(frame)])),
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function channel(frames: readonly Frame[]): object {
  return {
    address: '/v1/ws',
    description: `Subprotocol ${SUBPROTOCOL_JSON}, or none.`,
    messages: Object.fromEntries(frames.map(({ name }) => [key(name), ref(`components/messages/${key(name)}`)])),
    bindings: { ws: { method: 'GET' } },
  };
}

function requestOperation(type: string): object {
  return {
    action: 'receive',
    channel: ref('channels/v1'),
    messages: [ref(`channels/v1/messages/${key(type)}`)],
    reply: { channel: ref('channels/v1'), messages: [`${type}.ok`, 'error'].map((name) => ref(`channels/v1/messages/${key(name)}`)) },
  };
}

function requestFrames(schemas: Map<string, JsonSchema>): Frame[] {
  return Object.entries(REQUEST_FRAMES).map(([type, { about, data }]) => ({
    name: type,
    about,
    payload: envelope(type, { id: FRAME_ID, data: refOf(data, schemas) }),
  }));
}

function answerFrames(schemas: Map<string, JsonSchema>): Frame[] {
  return Object.entries(REQUEST_FRAMES).map(([type, { answer }]) => ({
    name: `${type}.ok`,
    about: `Answers \`${type}\`.`,
    payload: envelope('ok', { id: FRAME_ID, data: refOf(answer, schemas) }),
  }));
}

function pushFrames(schemas: Map<string, JsonSchema>): Frame[] {
  return Object.entries(PUSH_FRAMES).map(([type, { about, data }]) => ({
    name: `push.${type}`,
    about,
    payload: envelope(type, { data: refOf(data, schemas) }),
  }));
}

function errorFrame(): Frame {
  const error: JsonSchema = {
    type: 'object',
    required: ['code', 'message', 'requestId', 'retryable', 'type'],
    properties: {
      code: { type: 'string', enum: Object.keys(ERRORS) },
      message: { type: 'string' },
      retryable: { type: 'boolean', description: 'Whether the same request, unchanged, may succeed later.' },
      retryAfterMs: { type: 'integer' },
      type: { type: 'string', description: 'The page that explains the code.' },
      requestId: { type: 'string' },
      errors: { type: 'array', items: { type: 'object', required: ['pointer', 'code'] } },
    },
  };
  const properties = { type: { const: 'error' }, id: FRAME_ID, error };
  const about = 'Refuses a request; without `id`, a frame whose id could not be read.';
  return { name: 'error', about, payload: { type: 'object', required: ['type', 'error'], properties } };
}

function envelope(type: string, rest: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', required: ['type', ...Object.keys(rest)], properties: { type: { const: type }, ...rest } };
}

function messageOf({ name, about, payload }: Frame): object {
  return { name, title: name, summary: about, payload };
}

function refOf(target: AnyClass, schemas: Map<string, JsonSchema>): JsonSchema {
  if (!schemas.has(target.name)) {
    schemas.set(target.name, {});
    schemas.set(
      target.name,
      jsonSchemaOf(target, (nested) => refOf(nested, schemas)),
    );
  }
  return ref(`components/schemas/${target.name}`);
}

function ref(path: string): JsonSchema {
  return { $ref: `#/${path}` };
}

/** Component keys allow no dot before 3.0's tools agree on one. */
function key(name: string): string {
  return name.replaceAll('.', '_');
}
