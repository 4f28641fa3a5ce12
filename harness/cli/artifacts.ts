import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { VerdictDocument } from '../report/document-schema.ts';
import { historyLine } from '../report/history.ts';
import { junitXml } from '../report/junit.ts';
import { summaryMarkdown } from '../report/markdown.ts';
import type { Header } from '../timeline/header.ts';
import { headerLine, observationLine } from '../timeline/lines.ts';
import type { Observation } from '../timeline/observation.ts';

/** Where the files of one run are. */
export type ArtifactPaths = { readonly folder: string; readonly timeline: string; readonly junit: string };

/** The folder of one run: the timeline is on disk as it happens, so that a crash loses nothing; the rest follows the verdict. */
export class Artifacts {
  readonly paths: ArtifactPaths;
  readonly #out: string;
  readonly #timeline: number;
  readonly #observations: Observation[] = [];
  readonly #header: Header;

  constructor(out: string, header: Header) {
    const stamp = header.startedAt.replaceAll(/[-:]/g, '').replace(/\.(\d+)Z$/, '.$1Z');
    const folder = freshFolder(join(out, `${stamp}-${header.scenario}`));
    this.#out = out;
    this.#header = header;
    this.paths = { folder, timeline: join(folder, 'timeline.jsonl'), junit: join(folder, 'junit.xml') };
    this.#timeline = openSync(this.paths.timeline, 'w');
    writeSync(this.#timeline, headerLine(header));
  }

  /** Appends one observation to the stored timeline, at once. */
  append(seen: Observation): void {
    this.#observations.push(seen);
    writeSync(this.#timeline, observationLine(seen));
  }

  /** Writes what rests on the verdict, points `latest` at it, and adds a line to the history. */
  finish(document: VerdictDocument, stepSummary: string | null): void {
    closeSync(this.#timeline);
    const { folder, junit } = this.paths;
    const summary = summaryMarkdown(document, this.#header, this.#observations);
    replaceFile(join(folder, 'verdict.json'), `${JSON.stringify(document, null, 2)}\n`);
    replaceFile(junit, junitXml(document));
    replaceFile(join(folder, 'summary.md'), summary);
    if (stepSummary !== null) appendFileSync(stepSummary, summary);
    appendFileSync(join(this.#out, 'history.jsonl'), `${historyLine(document)}\n`);
    pointLatest(this.#out, folder);
  }
}

/** Two runs that begin in the same millisecond get two folders. */
function freshFolder(wanted: string): string {
  for (let turn = 1; ; turn++) {
    const folder = turn === 1 ? wanted : `${wanted}-${turn}`;
    mkdirSync(join(folder, '..'), { recursive: true });
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function replaceFile(path: string, text: string): void {
  const draft = `${path}.part`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/** A convenience that some file systems cannot give; without it nothing is lost. */
function pointLatest(out: string, folder: string): void {
  const link = join(out, 'latest');
  const draft = `${link}.${process.pid}`;
  try {
    symlinkSync(basename(folder), draft);
    renameSync(draft, link);
  } catch {
    try {
      unlinkSync(draft);
    } catch {
      return;
    }
  }
}
