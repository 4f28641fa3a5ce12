import type { VerdictDocument } from '../report/document-schema.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Settings } from '../target/settings.ts';
import type { Run } from '../timeline/run.ts';
import type { RunFlags } from './flags.ts';
import { record } from './record.ts';
import { recordedVerdict } from './recorded-verdict.ts';
import { redactedDocument } from './redacted-document.ts';

/** One run to conduct: what to act, on which target, with which of the command's flags. */
export type Conduct = {
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly flags: RunFlags;
  readonly timeoutMs: number;
  /** How long a cold target is waited for first; `null`: not at all. */
  readonly patienceMs: number | null;
  readonly seed: number;
  readonly stepSummary: string | null;
  readonly repeat: string;
  /** What the command's flags make of the document, before anything is printed or written. */
  readonly settled: (conducted: Conducted) => Promise<VerdictDocument>;
};

/** What a conducted run leaves: its document, the run behind it, and whether somebody interrupted it. */
export type Conducted = { readonly document: VerdictDocument; readonly run: Run; readonly interrupted: boolean };

/** Records a scenario, judges it, and writes its artifacts; a bug of ours in it leaves all that was seen, unproven. */
export async function conduct(request: Conduct): Promise<Conducted> {
  const { flags, repeat, stepSummary } = request;
  const recorded = await record(request);
  const { interrupted, redact, artifacts } = recorded;
  const { document, run } = await recordedVerdict(recorded, { repeat, checklist: flags.checklist === true });
  const settled = redactedDocument(await request.settled({ document, run, interrupted }), redact);
  const unwritten = artifacts?.finish(settled, stepSummary) ?? [];
  return { document: { ...settled, notes: [...settled.notes, ...unwritten] }, run, interrupted };
}
