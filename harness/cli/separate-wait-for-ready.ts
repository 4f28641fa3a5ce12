/** `--wait-for-ready staging` waits the default time and names an environment; only a number belongs to the flag. */
export function separateWaitForReady(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    const next = argv[index + 1];
    const takesNext = next !== undefined && !next.startsWith('-') && !Number.isNaN(Number(next));
    return word === '--wait-for-ready' && !takesNext ? ['--wait-for-ready=30'] : [word];
  });
}
