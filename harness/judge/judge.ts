import type { Run } from '../timeline/run.ts';
import { ruleNamed } from './catalogue.ts';
import type { Rule, Ruled, Ruling } from './rule.ts';

/** What each rule that the run's header names says of it. A rule that nobody knows, or that crashes, leaves its matter open. */
export function judge(run: Run): readonly Ruled[] {
  return [...new Set(run.header.rules)].map((id) => {
    const rule = ruleNamed(id) ?? unknownRule(id);
    return { rule, ruling: rulingBy(rule, run) };
  });
}

/** What one rule says of a run; never throws. */
export function rulingBy(rule: Rule, run: Run): Ruling {
  try {
    return rule.judge(run);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it threw no error';
    return { outcome: 'inconclusive', reason: `rule ${rule.id} crashed: ${why}` };
  }
}

function unknownRule(id: string): Rule {
  return {
    id: isRuleId(id) ? id : `unknown/${id}`,
    statement: 'MUST be a rule of this harness',
    because: 'a promise that cannot be judged must not look kept',
    judge: () => ({ outcome: 'inconclusive', reason: `no rule is named ${id} in this version` }),
  };
}

function isRuleId(id: string): id is Rule['id'] {
  return id.includes('/');
}
