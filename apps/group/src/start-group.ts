import { startService, type RunningService } from '#runtime';
import { GroupModule, type GroupParts } from './group.module.js';
import { GROUP_COLLECTIONS } from './store/group.collections.js';

/** Resolves when the service answers. Whoever made the parts closes them after it. */
export function startGroup(parts: GroupParts): Promise<RunningService> {
  const storage = { database: parts.database, collections: GROUP_COLLECTIONS };
  return startService({ name: 'group', module: GroupModule.with(parts), parts, storage });
}
