/** Whether a character shows nothing or only a gap: white space and zero-width characters, which break no secret up. */
export function isPassedOver(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13);
  if (code < 0x2000) return code === 0xa0 || code === 0xad || code === 0x34f || code === 0x61c || code === 0x180e;
  if (code < 0x2070) return code <= 0x200f || (code >= 0x2028 && code <= 0x202f) || code >= 0x205f;
  return code === 0x3000 || (code >= 0xfe00 && code <= 0xfe0f) || code === 0xfeff;
}
