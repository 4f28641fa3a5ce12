import { readFileSync, realpathSync, statSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { gravest } from '../diagnosis/gravest.ts';
import { verdictOf } from '../diagnosis/verdict-of.ts';
import { judge } from '../judge/judge.ts';
import { HarnessError } from '../kernel/errors.ts';
import { nonEmpty } from '../kernel/list.ts';
import { profileNamed } from '../protocol/protocols.ts';
import { verdictDocument } from '../report/document.ts';
import type { VerdictDocument } from '../report/document-schema.ts';
import { timelineIn } from '../report/timeline-in.ts';
import { withBudgets } from '../target/budget-flags.ts';
import { version } from '../target/version.ts';
import type { Header } from '../timeline/header.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import { readRun } from '../timeline/run.ts';
import { incompleteDocument } from './incomplete-document.ts';
import { errorCode } from './out-folder.ts';
import { printDocument } from './print-document.ts';
import { quoted } from './quoted.ts';
import { refuse } from './refuse.ts';

/** The flags of `judge`. */
export type JudgeFlags = {
  readonly budget?: readonly string[];
  readonly tools?: 'required' | 'optional' | 'absent';
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
};

/** Judges stored timelines offline; several give the gravest of their verdicts, and name each in the notes. */
export async function judgeFiles(files: readonly string[], flags: JudgeFlags): Promise<number> {
  try {
    const documents: { readonly file: string; readonly document: VerdictDocument }[] = [];
    for (const file of distinct(files)) documents.push({ file, document: judged(file, await contents(file), flags) });
    const all = nonEmpty(documents.map(({ document }) => document));
    if (all === null)
      throw new HarnessError('usage', 'no timeline was given', 'name a timeline.jsonl, or - for standard input');
    const worst = gravest(all);
    const each = documents.map(
      ({ file, document }) => `${file}: ${document.outcome}${document.cause ? `, ${document.cause}` : ''}`,
    );
    return await printDocument(documents.length === 1 ? worst : { ...worst, notes: [...worst.notes, ...each] }, flags);
  } catch (error) {
    if (error instanceof HarnessError) return await refuse(error.code, [error], flags);
    throw error;
  }
}

/** One file named twice (by a link, say) is judged once. */
function distinct(files: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    const place = file === '-' ? file : realPath(file);
    return seen.size < seen.add(place).size;
  });
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

async function contents(file: string): Promise<string> {
  try {
    if (file === '-') return await textOf(process.stdin);
    const problem = unreadable(file);
    if (problem === null) return readFileSync(file, 'utf8');
    throw new HarnessError('config-invalid', `${file} ${problem}`, HINT);
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw new HarnessError('config-invalid', `no timeline at ${file}: ${errorCode(error)}`, HINT);
  }
}

const HINT = 'name the timeline.jsonl of a run: it lies in out/<time>-<scenario>/';

/** What V8 holds in one string, in characters, leaves no room for more bytes of ASCII than this. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Devices never end, and a folder is none of its files; both are looked at before they are opened. */
function unreadable(file: string): string | null {
  const found = statSync(file);
  if (found.isDirectory()) return 'is a folder, not a timeline';
  if (!found.isFile()) return 'is no regular file';
  return found.size >= MOST_BYTES ? `holds ${found.size} bytes, and at most ${MOST_BYTES} can be judged at once` : null;
}

function judged(file: string, contents: string, flags: JudgeFlags): VerdictDocument {
  const excerpt = timelineIn(contents);
  const read = readTimeline(excerpt ?? contents);
  if (!read.ok)
    throw new HarnessError('config-invalid', `${file === '-' ? 'standard input' : file}: ${read.problem}`, read.hint);
  const header: Header = {
    ...read.header,
    budgets: withBudgets(read.header.budgets, flags.budget ?? []),
    tools: flags.tools ?? read.header.tools,
  };
  const profile = profileNamed(header.profile);
  if (profile === null)
    throw new HarnessError(
      'config-invalid',
      `${file} speaks ${header.profile}, which this version does not know`,
      'judge it with the version that wrote it',
    );
  const run = readRun(header, read.observations, profile);
  const stalled = run.observations.filter((seen) => seen.kind === 'stalled');
  const document = verdictDocument({
    run,
    verdict: verdictOf(run, judge(run)),
    harness: { version: version(), node: process.versions.node, eventLoopDelayMaxMs: null, stalls: stalled.length },
    artifacts: { timeline: file === '-' ? null : file, html: null, junit: null },
    repeat: ['npx agent-events judge', ...flagsAgain(flags), quoted(file)].join(' '),
    notes: read.remarks,
  });
  // An excerpt leaves lines out on purpose, and says so itself.
  const losses = excerpt === null ? read.losses : [];
  return incompleteDocument(document, { losses, ended: read.observations.some((seen) => seen.kind === 'ended') });
}

/** The flags that another judgement of the same file needs, too. */
function flagsAgain({ budget = [], tools }: JudgeFlags): readonly string[] {
  return [...budget.map((limit) => `--budget ${quoted(limit)}`), ...(tools === undefined ? [] : [`--tools ${tools}`])];
}
