import type { Run } from '../timeline/run.ts';
import type { Diagnosis } from './diagnosis.ts';
import { evidenceOf } from './finding.ts';
import { followUp } from './follow-ups.ts';

/**
 * The diagnosis with what the agent did over HTTP beside the socket: the application apart from its platform. Words, and
 * never another domain; trouble of our own is not about the agent at all.
 */
export function withAgentBeside(run: Run, diagnosis: Diagnosis): Diagnosis {
  const probe = followUp(run, 'agent-over-http');
  if (probe === null || probe.facts.absent === true || diagnosis.domain === 'harness') return diagnosis;
  const evidence = evidenceOf(...diagnosis.evidence, probe);
  const { summary, hint } = diagnosis;
  if (probe.ok)
    return diagnosis.domain === 'infrastructure'
      ? {
          ...diagnosis,
          evidence,
          summary: `${summary}; the agent answers over HTTP: the application works, the socket does not`,
        }
      : {
          ...diagnosis,
          evidence,
          summary: `${summary}; the agent answers over HTTP`,
          hint: `the agent itself works: look at what carries its events to the socket; ${hint}`,
        };
  return {
    ...diagnosis,
    evidence,
    hint: `${hint}; over HTTP the agent does not work either (${probe.detail}), so look at the application too`,
  };
}
