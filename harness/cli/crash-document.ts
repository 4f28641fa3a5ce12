import type { VerdictDocument } from '../report/document-schema.ts';
import { refusalDocument } from '../report/refusal-document.ts';
import { version } from '../target/version.ts';
import type { Header } from '../timeline/header.ts';

/** The verdict where judging itself crashed: unproven, ours, with what the header knows and where the timeline lies. */
export function crashDocument(of: {
  readonly header: Header;
  readonly line: string;
  readonly artifacts: VerdictDocument['artifacts'];
  readonly repeat: string;
}): VerdictDocument {
  const { header, line, artifacts, repeat } = of;
  const { environment, scenario, target, profile, seed, traceId, runId, startedAt } = header;
  const hint = 'report the stack above together with timeline.jsonl; it says nothing about the target';
  const document = refusalDocument({
    code: 'harness-crashed',
    problems: [{ message: line, hint }],
    harness: { version: version(), node: process.versions.node },
    environment,
    scenario,
    target,
  });
  return { ...document, profile, seed, traceId, runId, startedAt, repeat, artifacts };
}
