/** `text` of at most `longest` characters, its end replaced by how long it was: `aaa… (12000 characters)`. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const tail = `… (${text.length} characters)`;
  return text.slice(0, longest - tail.length).replace(/[\ud800-\udbff]$/, '') + tail;
}
