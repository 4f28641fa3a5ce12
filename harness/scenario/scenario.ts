import type { Rule } from '../judge/rule.ts';
import type { ToolPolicy } from '../timeline/header.ts';
import type { Stage } from './stage.ts';

/** A story that is acted once, and the promises that it is judged by afterwards. A value: suites, commands and searches run the same one. */
export type Scenario = {
  readonly name: string;
  /** What happens, as a sentence about the world. */
  readonly sentence: string;
  readonly tools: ToolPolicy;
  /** Empty for the ladder alone, whose verdict rests on its rungs; anything else without rules proves nothing. */
  readonly rules: readonly Rule[];
  /** It shows the target what it must refuse: never in production, off this machine only when allowed, and never with headers that make a target skip its checks. */
  readonly intrusive?: true;
  /** Does what the users do. Trouble of the target is recorded, never thrown. */
  readonly act: (stage: Stage) => Promise<void>;
};
