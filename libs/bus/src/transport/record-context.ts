import { BaseRpcContext } from '@nestjs/microservices';
import { typeOf } from '../client/record-facts.js';
import type { ReceivedRecord } from '../log/event-log.js';

/** What `@Ctx()` gives a handler: the record that it handles. */
export class RecordContext extends BaseRpcContext<[ReceivedRecord]> {
  constructor(record: ReceivedRecord) {
    super([record]);
  }

  get record(): ReceivedRecord {
    return this.args[0];
  }

  get type(): string {
    return typeOf(this.record);
  }
}
