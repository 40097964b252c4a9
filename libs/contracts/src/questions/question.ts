import type { ServiceName } from '../topics.js';

type PayloadClass<Ask> = abstract new () => Ask;

/**
 * A question to a service over the bus: its name (the Nest pattern and the `type` header), the service that answers, and the
 * class of its payload. `Answer` exists for the compiler only.
 */
export interface Question<Ask extends object, Answer> {
  name: string;
  service: ServiceName;
  payload: PayloadClass<Ask>;
  /** It is handled at most once, because handled again, behind what came after it, it would change something. Others may be repeated. */
  once?: boolean;
  /** Never set: carries the type of the answer. */
  answer?: Answer;
}

/** Declares a question: `question<Answer>()('user.register', RegisterUser)`. The service is the part of the name before the dot. */
export function question<Answer>(): <Ask extends object>(
  name: `${ServiceName}.${string}`,
  payload: PayloadClass<Ask>,
) => Question<Ask, Answer> {
  return (name, payload) => ({ name, payload, service: name.slice(0, name.indexOf('.')) as ServiceName });
}

/** Declares a question that is handled at most once: `change<Answer>()('group.leave', LeaveGroup)`. */
export function change<Answer>(): <Ask extends object>(
  name: `${ServiceName}.${string}`,
  payload: PayloadClass<Ask>,
) => Question<Ask, Answer> {
  return (name, payload) => ({ ...question<Answer>()(name, payload), once: true });
}
