import { newContext, runInContext } from './request-context.js';
import { createTelemetry } from './telemetry.js';

describe('telemetry', () => {
  const lines: Record<string, unknown>[] = [];
  const telemetry = createTelemetry({
    service: 'group',
    instance: 'g1',
    logLevel: 'info',
    destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  beforeEach(() => void lines.splice(0));

  it('logs one JSON object a line, with service, instance, level by name and an ISO time', () => {
    telemetry.logger.warn({ groupId: 'team' }, 'full');
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        service: 'group',
        instance: 'g1',
        groupId: 'team',
        msg: 'full',
      },
    ]);
  });

  it('puts request id and trace into every line of a request', () => {
    const context = newContext({ requestId: 'r1' });
    runInContext(context, () => telemetry.logger.info('joined'));
    telemetry.logger.info('idle');
    expect(lines[0]).toMatchObject({ ...context, msg: 'joined' });
    expect(lines[1]).not.toHaveProperty('requestId');
  });

  it('logs an error with its stack', () => {
    telemetry.logger.error({ err: new TypeError('no') }, 'failed');
    expect(lines[0]?.['err']).toMatchObject({
      type: 'TypeError',
      message: 'no',
      stack: expect.stringContaining('telemetry.spec') as string,
    });
  });

  it('keeps quiet below its level', () => {
    telemetry.logger.debug('detail');
    expect(lines).toEqual([]);
  });
});
