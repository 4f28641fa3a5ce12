import type { RunFlags } from './flags.ts';
import { quoted } from './quoted.ts';

/** The command that asks the same again: environment, where, how judged, and the seed; no output flags, and never a secret. */
export function repeatCommand(command: string, environment: string | null, flags: RunFlags, seed: number): string {
  const words = ['npx agent-events', command, ...(environment === null ? [] : [environment])];
  const add = (flag: string, value: string | number | boolean | undefined): void => {
    if (value === true) words.push(flag);
    else if (value !== undefined && value !== false) words.push(flag, quoted(String(value)));
  };
  add('--url', flags.url === undefined ? undefined : withoutQuery(flags.url));
  add('--http', flags.http === undefined ? undefined : withoutQuery(flags.http));
  add('--auth', flags.auth === undefined ? undefined : withoutQuery(flags.auth));
  add('--origin', flags.origin);
  add('--profile', flags.profile);
  add('--env-file', flags.envFile);
  if (flags.agentOverHttp === false) words.push('--no-agent-over-http');
  add('--agent-over-http', flags.agentOverHttp);
  add('--allow-production', flags.allowProduction);
  add('--allow-intrusive', flags.allowIntrusive);
  add('--expect-revision', flags.expectRevision);
  add('--tokens', flags.tokens);
  add('--scenario', flags.scenario);
  add('--tools', flags.tools);
  for (const budget of flags.budget ?? []) add('--budget', budget);
  add('--grace', flags.grace);
  add('--timeout', flags.timeout);
  add('--wait-for-ready', flags.waitForReady);
  add('--repeat', flags.repeat);
  add('--min-pass-rate', flags.minPassRate);
  add('--fail-on-flaky', flags.failOnFlaky);
  add('--on-blocked', flags.onBlocked);
  add('--checklist', flags.checklist);
  add('--seed', seed);
  return words.join(' ');
}

function withoutQuery(url: string): string {
  return url.split('?')[0] ?? url;
}
