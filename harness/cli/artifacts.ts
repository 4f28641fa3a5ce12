import {
  appendFileSync,
  closeSync,
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
import { jsonText } from '../report/json-text.ts';
import { junitXml } from '../report/junit.ts';
import { logSafe } from '../report/log-safe.ts';
import { summaryMarkdown } from '../report/markdown.ts';
import type { Header } from '../timeline/header.ts';
import { headerLine, observationLine } from '../timeline/lines.ts';
import type { Observation } from '../timeline/observation.ts';
import { errorCode, outFolder, unusableOut } from './out-folder.ts';

/** Where the files of one run are. */
export type ArtifactPaths = { readonly folder: string; readonly timeline: string; readonly junit: string };

/**
 * The folder of one run: the timeline is on disk as it happens, so that a crash loses nothing; the rest follows the verdict. A folder that
 * cannot be made is a `HarnessError`; from then on no write that fails costs the run or its verdict, it becomes a note.
 */
export class Artifacts {
  readonly paths: ArtifactPaths;
  readonly #out: string;
  readonly #timeline: number;
  readonly #observations: Observation[] = [];
  readonly #header: Header;
  readonly #notes: string[] = [];
  #isWhole = true;

  constructor(out: string, header: Header) {
    const stamp = header.startedAt.replaceAll(/[-:]/g, '').replace(/\.(\d+)Z$/, '.$1Z');
    const folder = outFolder(out, `${stamp}-${header.scenario}`);
    this.#out = out;
    this.#header = header;
    this.paths = { folder, timeline: join(folder, 'timeline.jsonl'), junit: join(folder, 'junit.xml') };
    try {
      this.#timeline = openSync(this.paths.timeline, 'w');
      writeWhole(this.#timeline, headerLine(header));
    } catch (error) {
      throw unusableOut(out, error);
    }
  }

  /** Appends one observation to the stored timeline, at once. The first that fails is the last that is tried: no line follows a torn one. */
  append(seen: Observation): void {
    this.#observations.push(seen);
    if (!this.#isWhole) return;
    this.#isWhole = this.#try(`timeline.jsonl not written from observation ${seen.seq} on`, () =>
      writeWhole(this.#timeline, observationLine(seen)),
    );
  }

  /**
   * Writes what rests on the verdict, points `latest` at it, and adds a line to the history. Answers what could not be written, one note each,
   * for the document that is printed; `verdict.json` comes last and holds those of the others.
   */
  finish(document: VerdictDocument, stepSummary: string | null): readonly string[] {
    const { folder, junit } = this.paths;
    let summary = '';
    this.#try('timeline.jsonl not closed', () => closeSync(this.#timeline));
    this.#try('junit.xml not written', () => replaceFile(junit, junitXml(document)));
    this.#try('summary.md not written', () => {
      summary = summaryMarkdown(document, this.#header, this.#observations);
      replaceFile(join(folder, 'summary.md'), summary);
    });
    if (stepSummary !== null && summary !== '')
      this.#try('step summary not written', () => appendFileSync(stepSummary, summary));
    this.#try('history.jsonl not written', () =>
      appendFileSync(join(this.#out, 'history.jsonl'), `${historyLine(document)}\n`),
    );
    this.#try('verdict.json not written', () =>
      replaceFile(join(folder, 'verdict.json'), jsonText({ ...document, notes: [...document.notes, ...this.#notes] })),
    );
    pointLatest(this.#out, folder);
    return this.#notes;
  }

  /** Whether it worked; if not, a note says at once what is missing and why. */
  #try(otherwise: string, write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      const note = `${otherwise}: ${errorCode(error)}`;
      this.#notes.push(note);
      process.stderr.write(`${logSafe(note)}\n`);
      return false;
    }
  }
}

/** A disk that is nearly full takes a part and says so only in the count. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at));
}

function replaceFile(path: string, text: string): void {
  const draft = `${path}.part`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    unlinked(draft);
    throw error;
  }
}

/** A convenience that some file systems cannot give; without it nothing is lost. */
function pointLatest(out: string, folder: string): void {
  const link = join(out, 'latest');
  const draft = `${link}.${process.pid}`;
  try {
    symlinkSync(basename(folder), draft);
    renameSync(draft, link);
  } catch {
    unlinked(draft);
  }
}

function unlinked(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    return;
  }
}
