import type { Bus } from '#bus';
import { problem, USER_QUESTIONS, type Account, type RegisterUser } from '#contracts';
import { newId } from '#kernel';
import type { Caller } from '../authentication/caller.js';
import type { SharedLimits } from '../rate-limits/shared-limits.js';
import { given } from '../input/given.js';
import type { RegisterInput } from './users.input.js';

export type RegistrationPolicy = 'open' | 'admin';

interface From {
  caller: Caller | undefined;
  /** IP address. */
  address: string;
}

/** New accounts: by anyone, as often as an address may; or, when registration is closed, by the team's backend alone. */
export class Registration {
  constructor(
    private readonly bus: Bus,
    private readonly policy: RegistrationPolicy,
    private readonly limits: SharedLimits,
  ) {}

  async register(input: RegisterInput, { caller, address }: From): Promise<Account> {
    if (caller?.kind !== 'backend') await this.admit(address);
    const ask: RegisterUser = given(input);
    return this.bus.ask(USER_QUESTIONS.register, input.userId ?? newId(), ask);
  }

  private async admit(address: string): Promise<void> {
    if (this.policy === 'admin') throw problem('registration_closed', "users are created here by the team's backend");
    await this.limits.take('registration', address);
  }
}
