import { MongoServerSelectionError, TopologyType, type TopologyDescription } from 'mongodb';
import { firstValueFrom } from 'rxjs';
import { problem } from '#contracts';
import { HandlerErrors } from './handler-errors.filter.js';

const caught = (error: unknown) => firstValueFrom(new HandlerErrors().catch(error)).catch((thrown: unknown) => thrown);

describe('what a handler throws', () => {
  it('stays what it is, unless it says that MongoDB is away', async () => {
    const refusal = problem('not_a_member', 'alice is not a member of team');
    expect(await caught(refusal)).toBe(refusal);
    const away = new MongoServerSelectionError('no server', { type: TopologyType.Unknown } as TopologyDescription);
    expect(await caught(away)).toMatchObject({ code: 'unavailable', retryable: true });
  });
});
