import { IsInt, Matches, Max, Min, ValidateBy, type ValidationOptions } from 'class-validator';
import { CLIENT_MSG_ID_PATTERN } from './ids/client-msg-id.js';
import { isConversationId } from './ids/conversation-id.js';
import { GROUP_ID_PATTERN, USER_ID_PATTERN } from './ids/user-id.js';
import { LIMITS } from './limits.js';

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
