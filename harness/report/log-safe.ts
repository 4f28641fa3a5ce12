import { printable } from './printable.ts';

/** An IPv6 address, which has its two colons by right: `[::1]`, `::1:8000`, `fe80::1`. */
const ADDRESS = /(?<![\w:])[\da-f]*(?::[\da-f]+)*::(?:[\da-f]+[:.])*[\da-f]+(?![\w:-])/.source;
const MARKS = new RegExp(`${ADDRESS}|::|##(?=\\w*\\[)`, 'gi');

/** Foreign text for a line of a log: printable, and no part of it a command to the CI system that reads the log (`::error::`, `##[error]`, `##vso[`). */
export function logSafe(text: string): string {
  return printable(text).replaceAll(MARKS, (mark) =>
    mark === '::' ? '\\u003a\\u003a' : mark === '##' ? '\\u0023#' : mark,
  );
}
