import type { VerdictDocument } from '../report/document-schema.ts';
import { githubAnnotations } from '../report/github.ts';
import { terminalReport } from '../report/terminal.ts';
import { readEnvironment } from '../target/config.ts';

/** How a document is shown. */
export type PrintFlags = { readonly json?: boolean; readonly color: boolean };

/** Prints the verdict to standard output, as text or as the one JSON document, and answers its exit code. */
export async function printDocument(document: VerdictDocument, flags: PrintFlags): Promise<number> {
  const { noColor, githubActions } = readEnvironment();
  const color = flags.color && !noColor && process.stdout.isTTY === true;
  await write(
    flags.json
      ? `${JSON.stringify(document, null, 2)}\n`
      : `\n${terminalReport(document, { color, columns: Math.min(process.stdout.columns ?? 100, 120) })}`,
  );
  if (githubActions && !flags.json)
    await write(
      githubAnnotations(document)
        .map((line) => `${line}\n`)
        .join(''),
    );
  return document.exitCode;
}

/** Resolves when the text is with the kernel, so that a pipe loses nothing when the process ends. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}
