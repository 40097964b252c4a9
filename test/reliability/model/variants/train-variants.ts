import type { ProgressStep } from '../../../../apps/message/src/store/progress.repository.js';
import type { InboundRecord, UnreadableRecord } from '../../../../apps/message/src/train/command.js';
import { decideSend, sendOutcome } from '../../../../apps/message/src/train/decide-send.js';
import type { Decision } from '../../../../apps/message/src/train/decision.js';
import { TrainState, type TrainFacts } from '../../../../apps/message/src/train/train-state.js';
import { type TrainParts, TrainService } from '../../../../apps/message/src/train/train.service.js';
import type { TrainWrites } from '../../../../apps/message/src/train/train-writes.js';
import { ALONE, MessageWiring } from '../process/message-wiring.js';

type Inbound = readonly (InboundRecord | UnreadableRecord)[];

/** Publishes whatever was delivered again and has a key. */
class PublishingByKey extends TrainService {
  protected override decide(inbound: Inbound, loaded: TrainFacts): Decision[] {
    return super.decide(inbound, loaded).map((decision) => {
      if (decision.kind !== 'repeated' || !decision.record.redelivered) return decision;
      const { record } = decision;
      const key = loaded.key(record.keyId);
      return key && record.command.kind === 'send' ? { kind: 'again', record, ...sendOutcome(record, record.command.body, key) } : decision;
    });
  }
}

/** Asks what a sender may do now, before it looks whether the message is a repeated one. */
class AdmittingFirst extends TrainService {
  protected override decide(inbound: Inbound, loaded: TrainFacts): Decision[] {
    const decisions = super.decide(inbound, loaded);
    return decisions.map((decision, at) => {
      if (decision.kind !== 'repeated' || decision.record.command.kind !== 'send') return decision;
      const admitted = decideSend(decision.record, decision.record.command.body, factsAfter(decisions.slice(0, at), loaded));
      return admitted.kind === 'refused' ? admitted : decision;
    });
  }
}

function factsAfter(decisions: readonly Decision[], loaded: TrainFacts): TrainFacts {
  const facts = new TrainState(loaded);
  for (const decision of decisions) {
    if (decision.kind !== 'stored' && decision.kind !== 'ruled') continue;
    facts.setConversation(decision.conversationId, decision.after);
    for (const { userId, ...window } of decision.kind === 'ruled' ? decision.windows : []) {
      facts.setWindow(decision.conversationId, userId, window);
    }
  }
  return facts;
}

/** Publishes what it has decided, and commits then. */
class PublishingFirst extends TrainService {
  private decided: readonly Decision[] = [];

  constructor(parts: TrainParts) {
    const { store } = parts;
    const commit = async (steps: readonly ProgressStep[], writes: TrainWrites) => {
      await this.publish(this.decided);
      await store.commit(steps, writes);
    };
    super({ ...parts, store: { commit } as unknown as TrainParts['store'] }, ALONE);
  }

  protected override decide(inbound: Inbound, loaded: TrainFacts): Decision[] {
    const decisions = super.decide(inbound, loaded);
    this.decided = decisions;
    return decisions;
  }
}

/** Its train has ended when it is committed: what it says is said afterwards. */
class EndingBeforeTelling extends TrainService {
  protected override tell(decisions: readonly Decision[]): Promise<void> {
    super.tell(decisions).catch(() => undefined);
    return Promise.resolve();
  }
}

function wiringOf(service: new (parts: TrainParts, alone: typeof ALONE) => TrainService): MessageWiring {
  return new (class extends MessageWiring {
    protected override service(parts: TrainParts): TrainService {
      return new service(parts, ALONE);
    }
  })();
}

export const publishingByKey = wiringOf(PublishingByKey);
export const admittingFirst = wiringOf(AdmittingFirst);
export const publishingFirst = wiringOf(PublishingFirst);
export const endingBeforeTelling = wiringOf(EndingBeforeTelling);
