const WORDS = /^(?:none|null|nil|undefined|nan|n\/?a|unknown|default|anonymous|system|[0-]+)$/i;
/** A printed object in the place of an id, as `<UserExecutionContext object at 0x7f>`, `[object Object]` or `Context(user=1)`. */
const PRINTED = /^(?:<.*>|\[object .*\]|\w+\(.*\))$/s;

/** Whether a text stands where an id belongs and names nothing: a word for "no one in particular", a nil UUID, a printed object. */
export function isPlaceholder(id: string): boolean {
  const text = id.trim();
  return text === '' || WORDS.test(text) || PRINTED.test(text);
}
