import { IsInt, Matches, Max, Min, ValidateBy, type ValidationOptions } from 'class-validator';
import { OPTION_FLAGS } from './content-types.js';
import { CLIENT_MSG_ID_PATTERN } from './ids/client-msg-id.js';
import { isConversationId } from './ids/conversation-id.js';
import { GROUP_ID_PATTERN, USER_ID_PATTERN } from './ids/user-id.js';
import { LIMITS } from './limits.js';

/** The last that `Date` knows. */
const MAX_TIME = 8.64e15;

export function IsUserId(options: ValidationOptions = {}): PropertyDecorator {
  return Matches(USER_ID_PATTERN, { message: '$property must be 1–64 of A-Z a-z 0-9 . _ ~ -, and neither . nor ..', ...options });
}

export function IsGroupId(options: ValidationOptions = {}): PropertyDecorator {
  return Matches(GROUP_ID_PATTERN, { message: '$property must be 1–64 of A-Z a-z 0-9 . -, and neither . nor ..', ...options });
}

export function IsClientMsgId(options: ValidationOptions = {}): PropertyDecorator {
  return Matches(CLIENT_MSG_ID_PATTERN, { message: '$property must be 1–64 of A-Z a-z 0-9 . _ ~ : -', ...options });
}

export function IsConversationId(options: ValidationOptions = {}): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isConversationId',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isConversationId(value),
        defaultMessage: () => '$property is not a conversation id (si_…, sg_…, n_…, sn_…)',
      },
    },
    options,
  );
}

/** A whole number from 0 (before the first message) on. */
export function IsSeq(): PropertyDecorator {
  return (target, property) => {
    IsInt()(target, property);
    Min(0)(target, property);
    Max(LIMITS.maxSeq)(target, property);
  };
}

/** An id that a service made: an outbox id, a device id, a command id. */
export function IsOpaqueId(options: ValidationOptions = {}): PropertyDecorator {
  return Matches(/^[\x21-\x7e]{1,128}$/, { message: '$property must be 1–128 printable ASCII characters', ...options });
}

/** A value that `holds` accepts; `must` says of the property what it must be. */
function IsSuch(name: string, must: string, holds: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: holds, defaultMessage: () => `$property must be ${must}` } });
}

/** Spliced into what clients get as it is: it must not end what is around it. */
export function IsJsonText(): PropertyDecorator {
  return IsSuch('isJsonText', 'JSON text', (value) => {
    try {
      return typeof value === 'string' && JSON.parse(value) !== undefined;
    } catch {
      return false;
    }
  });
}

/** Milliseconds since the epoch, of a time that `Date` can show. */
export function IsTimestamp(): PropertyDecorator {
  return IsSuch(
    'isTimestamp',
    'a time in milliseconds since the epoch',
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_TIME,
  );
}

export function IsMessageOptions(): PropertyDecorator {
  return IsSuch('isMessageOptions', `an object of booleans: ${OPTION_FLAGS.join(', ')}`, (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return Object.entries(value).every(([flag, on]) => (OPTION_FLAGS as readonly string[]).includes(flag) && typeof on === 'boolean');
  });
}
