import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOSE_CODES, ERRORS, isRequestType, PUSH_FRAMES, REQUEST_FRAMES } from '#contracts';
import { propertiesOf } from '../input/properties.js';
import { readInput } from '../input/read-input.js';
import { SendRequest } from '../send-message/send-message.input.js';

const docs = join(__dirname, '../../../../docs');
const page = readFileSync(join(docs, 'protocol.md'), 'utf8');
const examples = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, text]) => JSON.parse(text ?? '') as Record<string, unknown>);

describe('docs/protocol.md', () => {
  it('names every frame, push, close code and reason', () => {
    const codes = Object.entries(CLOSE_CODES).flatMap(([reason, { code }]) => [`\`${reason}\``, String(code)]);
    const types = [...Object.keys(REQUEST_FRAMES), ...Object.keys(PUSH_FRAMES)].map((type) => `\`${type}\``);
    expect([...types, ...codes].filter((word) => !page.includes(word))).toEqual([]);
  });

  it('names no error code that does not exist', () => {
    const named = [...page.matchAll(/"code": "([a-z_]+)"/g)].map(([, code]) => code ?? '');
    expect(named.filter((code) => !Object.hasOwn(ERRORS, code))).toEqual([]);
  });

  it('has an example of every request, and each of them is valid', () => {
    const requests = examples.filter(({ type, id }) => typeof type === 'string' && isRequestType(type) && id !== undefined);
    for (const { type, data = {} } of requests) {
      const input = type === 'send' ? SendRequest : REQUEST_FRAMES[type as keyof typeof REQUEST_FRAMES].data;
      expect(() => readInput(input as new () => object, data)).not.toThrow();
    }
    expect(new Set(requests.map(({ type }) => type))).toEqual(new Set(Object.keys(REQUEST_FRAMES)));
  });
});

describe('docs/asyncapi.json', () => {
  it('gives the send frame the fields of a send over HTTP', () => {
    const { components } = JSON.parse(readFileSync(join(docs, 'asyncapi.json'), 'utf8')) as {
      components: { schemas: { SendFrame: { properties: object } } };
    };
    expect(Object.keys(components.schemas.SendFrame.properties).sort()).toEqual([...propertiesOf(SendRequest)].sort());
  });
});
