import type { VerdictDocument } from '../report/document-schema.ts';
import { jsonText } from '../report/json-text.ts';
import { readEnvironment } from '../target/config.ts';

/** How a document is shown. */
export type PrintFlags = { readonly json?: boolean; readonly color: boolean };

/** Prints the verdict to standard output, as text or as the one JSON document, and answers its exit code. */
export async function printDocument(document: VerdictDocument, flags: PrintFlags): Promise<number> {
  const { noColor, forceColor, ci, githubActions } = readEnvironment();
  if (flags.json) await write(jsonText(document));
  else {
    const { terminalReport } = await import('../report/terminal.ts');
    const color = flags.color && !noColor && (forceColor || (process.stdout.isTTY === true && !ci));
    const columns = Math.min(process.stdout.columns ?? 100, 120);
    await write(`\n${terminalReport(document, { color, columns })}`);
  }
  if (githubActions && !flags.json) {
    const { githubAnnotations } = await import('../report/github.ts');
    const lines = githubAnnotations(document).map((line) => `${line}\n`);
    await write(lines.join(''));
  }
  return document.exitCode;
}

/** Resolves when the text is with the kernel, so that a pipe loses nothing when the process ends. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}
