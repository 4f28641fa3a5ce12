import type { NonEmpty } from '../kernel/list.ts';
import type { Meaning, Profile } from '../protocol/profile.ts';
import type { Seen } from './observation.ts';

type Frame = Seen<'received' | 'sent'>;

const decoded = new WeakMap<Frame, { readonly profile: Profile; readonly meanings: NonEmpty<Meaning> }>();

/** What a frame means, decoded at most once however many ask: the turn that waits, the progress line, the judge. */
export function meaningsOf(frame: Frame, profile: Profile): NonEmpty<Meaning> {
  const known = decoded.get(frame);
  if (known?.profile === profile) return known.meanings;
  const meanings = profile.decode(frame.text, frame.kind === 'received' ? 'from-target' : 'to-target');
  decoded.set(frame, { profile, meanings });
  return meanings;
}
