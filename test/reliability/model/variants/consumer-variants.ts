import type { StoredEvent } from '#contracts';
import type { PlaceFilter } from '../../../../apps/gateway/src/delivery/place-filter.js';
import { GatewayTwin } from '../world/gateway-twin.js';
import { ReadModelTwin } from '../world/read-model-twin.js';

/** Knows a message by its place, and takes whatever is said about windows. */
export class CredulousGateway extends GatewayTwin {
  protected override isNew(filter: PlaceFilter, partition: number, event: StoredEvent): boolean {
    return super.isNew(filter, partition, event) || event.kind !== 'message';
  }
}

export class ReadModelFromCommitted extends ReadModelTwin {
  override startAfterRestore({ committed }: { kept: number; committed: number }): number {
    return committed;
  }
}
