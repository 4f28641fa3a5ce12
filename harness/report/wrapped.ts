/**
 * `text` broken at single spaces into lines of at most `width` characters, all but the first indented by `hang`; a longer word keeps its
 * line to itself. No line after the first begins with `::`, which some log readers take for a command.
 */
export function wrapped(text: string, width: number, hang = 0): readonly string[] {
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.split(' ')) {
    if (line === null) line = word;
    else if (line.length + 1 + word.length <= width || line.trim() === '' || word.startsWith('::')) line += ` ${word}`;
    else {
      lines.push(line);
      line = ' '.repeat(hang) + word;
    }
  }
  return line === null ? lines : [...lines, line];
}
