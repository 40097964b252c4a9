import { Parser } from '@asyncapi/parser';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_MSG_ID_PATTERN } from '../ids/client-msg-id.js';
import { USER_ID_PATTERN } from '../ids/user-id.js';
import { PUSH_FRAMES, REQUEST_FRAMES } from './frame-registry.js';
import { renderAsyncApi } from './render-async-api.js';

const SEVERITY = ['error', 'warning', 'information', 'hint'];
const root = join(__dirname, '../../../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const rendered = renderAsyncApi(version) as {
  components: { messages: Record<string, { payload: { properties: { type: { const: string } } } }>; schemas: Record<string, object> };
};

describe('renderAsyncApi', () => {
  it('is a valid AsyncAPI document', async () => {
    const { diagnostics } = await new Parser().parse(JSON.stringify(rendered));
    expect(diagnostics.filter(({ severity }) => SEVERITY[severity] === 'error')).toEqual([]);
  });

  it('has every frame of the registry', () => {
    const types = Object.values(rendered.components.messages).map(({ payload }) => payload.properties.type.const);
    expect(types).toEqual(expect.arrayContaining([...Object.keys(REQUEST_FRAMES), ...Object.keys(PUSH_FRAMES)]));
  });

  it('says of a field what the validators check', () => {
    expect(rendered.components.schemas['HistoryFrame']).toMatchObject({
      required: ['conversationId'],
      properties: { limit: { type: 'integer', minimum: 1, maximum: 50 }, fromSeq: { type: 'integer', minimum: 0 } },
    });
  });

  it('says what an id looks like, in single fields as in lists', () => {
    const userId = { type: 'string', pattern: USER_ID_PATTERN.source };
    expect(rendered.components.schemas['SendFrame']).toMatchObject({
      properties: {
        clientMsgId: { type: 'string', pattern: CLIENT_MSG_ID_PATTERN.source },
        conversationId: { type: 'string' },
        senderId: userId,
        mentions: { type: 'array', items: userId },
      },
    });
  });

  it('shows the items of lists of objects', () => {
    expect(rendered.components.schemas['SyncAnswer']).toMatchObject({
      properties: { moved: { type: 'array', items: { $ref: '#/components/schemas/Moved' } }, next: { type: ['string', 'null'] } },
    });
  });

  it('is what docs/asyncapi.json holds', () => {
    expect(JSON.parse(readFileSync(join(root, 'docs/asyncapi.json'), 'utf8'))).toEqual(rendered);
  });
});
