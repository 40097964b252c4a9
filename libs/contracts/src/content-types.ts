/** Content types by name, with the number that OpenIM's clients know. */
export const CONTENT_TYPES = {
  text: 101,
  image: 102,
  voice: 103,
  video: 104,
  file: 105,
  mention: 106,
  merged: 107,
  card: 108,
  location: 109,
  custom: 110,
  quote: 114,
  richText: 117,
} as const;

export type ContentType = keyof typeof CONTENT_TYPES;
export const CONTENT_TYPE_NAMES = Object.keys(CONTENT_TYPES) as ContentType[];

/** Session types by name, with OpenIM's numbers. */
export const SESSION_TYPES = { direct: 1, group: 3, notification: 4 } as const;
export type SessionType = keyof typeof SESSION_TYPES;

/** Client platforms by name, with OpenIM's numbers. */
export const PLATFORMS = {
  ios: 1,
  android: 2,
  windows: 3,
  macos: 4,
  web: 5,
  miniWeb: 6,
  linux: 7,
  androidPad: 8,
  ipad: 9,
  server: 10,
} as const;
export type Platform = keyof typeof PLATFORMS;
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as Platform[];

/** What a sender may switch off for one message; every flag defaults to true (as in OpenIM). */
export const OPTION_FLAGS = ['unreadCount', 'conversationUpdate', 'senderSync'] as const;
export type OptionFlag = (typeof OPTION_FLAGS)[number];
export type MessageOptions = Partial<Record<OptionFlag, boolean>>;
