import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { DialMarks } from './dial-marks.ts';

/** A lookup that marks when the name has been resolved. */
export function markedLookup(lookup: LookupFunction | undefined, marks: DialMarks): LookupFunction {
  const resolve: LookupFunction = lookup ?? systemLookup;
  return (hostname, options, done) =>
    resolve(hostname, options, (error, address, family) => {
      if (error === null) marks.resolved = true;
      done(error, address, family);
    });
}
