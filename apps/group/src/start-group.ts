import { startService, type RunningService } from '#runtime';
import { GROUP_COLLECTIONS, GroupModule, type GroupParts } from './group.module.js';

/** Resolves when the service answers. Whoever made the parts closes them after it. */
export function startGroup(parts: GroupParts): Promise<RunningService> {
  const storage = { database: parts.database, collections: GROUP_COLLECTIONS };
  return startService({ name: 'group', module: GroupModule.with(parts), parts, storage });
}
