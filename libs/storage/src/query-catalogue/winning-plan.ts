import type { Document } from 'mongodb';

export interface Plan {
  /** Of the winning plan, outermost first. */
  stages: string[];
  indexes: string[];
}

/** The stages and indexes of the winning plan, whichever of the forms that MongoDB's versions explain in. */
export function planOf(explained: Document): Plan {
  const plan: Plan = { stages: [], indexes: [] };
  for (const winning of winningPlans(explained)) collect(winning, plan);
  return plan;
}

function winningPlans(node: unknown): Document[] {
  if (Array.isArray(node)) return node.flatMap(winningPlans);
  if (!isDocument(node)) return [];
  const { winningPlan, ...rest } = node;
  const own = isDocument(winningPlan) ? [(winningPlan['queryPlan'] as Document | undefined) ?? winningPlan] : [];
  return [...own, ...Object.entries(rest).flatMap(([key, value]) => (key === 'rejectedPlans' ? [] : winningPlans(value)))];
}

function collect(stage: Document, plan: Plan): void {
  const { stage: name, indexName } = stage as { stage?: unknown; indexName?: unknown };
  if (typeof name === 'string') plan.stages.push(name);
  // The fast paths by _id name no index.
  const index = typeof name === 'string' && /^(IDHACK|EXPRESS)/.test(name) ? (indexName ?? '_id_') : indexName;
  if (typeof index === 'string') plan.indexes.push(index);
  const inner = [stage['inputStage'], ...((stage['inputStages'] ?? []) as unknown[]), ...((stage['shards'] ?? []) as unknown[])];
  for (const next of inner) if (isDocument(next)) collect((next['winningPlan'] as Document | undefined) ?? next, plan);
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
