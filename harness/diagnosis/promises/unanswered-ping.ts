import type { Violation } from '../../judge/rule.ts';
import { type NonEmpty, nonEmpty } from '../../kernel/list.ts';
import type { Observation } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Rival } from '../diagnosis.ts';
import { evidenceOf, type Finding } from '../finding.ts';
import { type Flow, flowAfter, flowWords } from '../flow-after.ts';
import { followUp } from '../follow-ups.ts';

const STALLED: Rival = { cause: 'process-stalled', check: 'do health and a fresh upgrade answer?' };
const HALF_OPEN: Rival = { cause: 'half-open', check: 'do other connections to the same instance still get pongs?' };

/** What an unanswered ping stands for. */
export type Unanswered = Pick<Finding, 'cause' | 'confidence' | 'rivals' | 'hint'> & {
  readonly words: string;
  readonly evidence: readonly Observation[];
};

/** A ping that nothing followed is a dead connection; where frames still come, control frames are lost, or a process is too busy. */
export function unansweredPing(run: Run, violations: NonEmpty<Violation>): Unanswered {
  const flows = nonEmpty(violations.flatMap((violation) => flowOf(run, violation) ?? []));
  if (flows === null || flows.length < violations.length)
    return { cause: 'half-open', confidence: 'ambiguous', rivals: [STALLED], words: '', evidence: [] };
  const [first] = flows;
  const words = `; ${flowWords(first)}, so it is not silent`;
  const health = followUp(run, 'backend-health', first.ping.seq);
  if (health !== null && health.answer === null && !health.ok) {
    const evidence = evidenceOf(health);
    return { cause: 'process-stalled', confidence: 'likely', rivals: [HALF_OPEN], words, evidence };
  }
  const hint = 'messages arrive and pongs do not: see whether a proxy on the way, or the server, drops control frames';
  return { cause: 'half-open', confidence: 'ambiguous', rivals: [STALLED], hint, words, evidence: [] };
}

function flowOf(run: Run, { at }: Violation): (Flow & { readonly ping: Observation }) | null {
  const ping = run.observations.find(({ seq }) => seq === at[0]);
  if (ping === undefined) return null;
  const flow = flowAfter(run, ping);
  return flow && { ...flow, ping };
}
