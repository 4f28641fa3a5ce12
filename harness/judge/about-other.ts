import { saysConnectionCap, saysNotReady, saysOrigin, saysWait } from '../protocol/wording.ts';

/** A refusal in words of something else than the token. */
export function isAboutOther(text: string): boolean {
  return saysOrigin(text) || saysConnectionCap(text) || saysNotReady(text) || saysWait(text);
}
