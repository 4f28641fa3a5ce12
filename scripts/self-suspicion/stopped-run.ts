import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Impatience, impatientTarget } from '../../fixtures/impatient-target.ts';
import { printedDocument, stoppableCommand } from '../../fixtures/stoppable-command.ts';

/** What one run came to. `folder` keeps its timeline where the verdict is not among those that are allowed. */
export type StoppedRun = {
  readonly outcome: string;
  readonly cause: string | null;
  readonly summary: string;
  readonly exitCode: number | null;
  readonly wasStopped: boolean;
  readonly stalls: number;
  /** How late the target was itself: what it did then proves nothing about the harness. */
  readonly targetLateMs: number;
  readonly folder: string | null;
};

/** Runs the command against a target of this process, and stops it for `stopMs` at the moment; at `start N`, N ms after it was started. */
export async function stoppedRun(of: {
  readonly command?: readonly string[];
  readonly target: Impatience;
  readonly moment: string;
  readonly stopMs: number;
  readonly allowed: (outcome: string, cause: string | null) => boolean;
}): Promise<StoppedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'self-suspicion-'));
  let wasStopped = false;
  const stop = (): void => {
    if (wasStopped) return;
    wasStopped = true;
    child.stopFor(of.stopMs);
  };
  const target = await impatientTarget({
    ...of.target,
    onMoment: (moment) => {
      if (moment === of.moment) stop();
    },
  });
  const [command = 'smoke', ...flags] = of.command ?? [];
  const url = ['--url', `ws://127.0.0.1:${target.port}/ws`];
  const child = stoppableCommand([command, '--json', ...url, ...flags], {
    env: target.env,
    folder,
    onProgress: (stderr) => {
      if (of.moment.startsWith('progress ') && stderr.includes(of.moment.slice(9))) stop();
    },
  });
  const [when, after] = of.moment.split(' ');
  if (when === 'start') setTimeout(stop, Number(after));
  const { code, stdout, stderr } = await child.ended;
  const targetLateMs = target.lateMs();
  await target.close();
  const document = printedDocument(stdout);
  const outcome = document?.outcome ?? 'no document';
  const cause = document?.cause ?? null;
  const isAllowed = of.allowed(outcome, cause);
  if (isAllowed) rmSync(folder, { recursive: true, force: true });
  return {
    outcome,
    cause,
    summary: document?.summary ?? stderr.slice(-500),
    exitCode: code,
    wasStopped,
    stalls: document?.harness.stalls ?? -1,
    targetLateMs,
    folder: isAllowed ? null : folder,
  };
}
