import { isExhaustion } from '../kernel/exhaustion.ts';
import type { Run } from '../timeline/run.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Family } from './family.ts';
import { diagnosisOf, evidenceOf } from './finding.ts';
import { probesOf } from './follow-ups.ts';

/** What is ours whatever the target did: settings, a crash, the wrong build, certificates that nobody verified. */
export const ownTrouble: Family = (run) => badSetting(run) ?? crash(run) ?? otherBuild(run, true);

function badSetting(run: Run): Diagnosis | null {
  const rung = probesOf(run, 'rung').findLast(({ rung }) => rung === 'configuration');
  if (rung === undefined || rung.ok) return null;
  const code = [rung.trouble?.code, rung.facts.code, rung.facts.problem].includes('secret-missing');
  return diagnosisOf({
    cause: code ? 'secret-missing' : 'config-invalid',
    phase: 'configuration',
    answeredBy: 'client',
    summary: rung.detail || rung.trouble?.message || 'the configuration cannot be used',
    evidence: evidenceOf(rung),
  });
}

function crash(run: Run): Diagnosis | null {
  const noted = run.observations.find((seen) => seen.kind === 'noted' && seen.topic === 'harness-crashed');
  if (noted?.kind !== 'noted') return null;
  // What is needed only after a failure is loaded then, and loading takes a descriptor.
  const exhausted = isExhaustion(noted.text);
  return diagnosisOf({
    cause: exhausted ? 'client-exhausted' : 'harness-crashed',
    phase: 'stream',
    answeredBy: 'client',
    summary: noted.text,
    evidence: evidenceOf(noted),
  });
}

const UNTOLD =
  'let a health endpoint tell the build (revision, git_sha, commit, build or version, or the header x-revision), or leave --expect-revision out';

/** A target that reports no build at all, where one was expected: it may be down, so what kept us out comes first. */
export const unknownBuild: Family = (run) => otherBuild(run, false);

function otherBuild(run: Run, isReported: boolean): Diagnosis | null {
  const probe = probesOf(run, 'rung').findLast(({ facts }) => facts.revisionMismatch !== undefined);
  if (probe?.facts.revisionMismatch !== true) return null;
  const { revision, expectedRevision } = probe.facts;
  if ((typeof revision === 'string') !== isReported) return null;
  const found = typeof revision === 'string' ? `revision ${revision}` : 'no revision';
  const expected = typeof expectedRevision === 'string' ? `${expectedRevision}` : 'another one';
  return diagnosisOf({
    cause: 'revision-mismatch',
    phase: 'health',
    answeredBy: 'app',
    summary: `the target reports ${found} where ${expected} was expected`,
    ...(isReported ? {} : { hint: UNTOLD }),
    evidence: evidenceOf(probe),
  });
}
